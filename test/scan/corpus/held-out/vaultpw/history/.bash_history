echo qobmHFpwX6xoF2ZBpzJ1C5Xa > .vault_pass.txt
ansible-vault view group_vars/all/vault.yml --vault-password-file ~/.vp
ANSIBLE_VAULT_PASSWORD_FILE=<(echo UnY0rYZkUbkZyAiSqFqUINcg) ansible-playbook site.yml
cat .vault_pass.txt | ansible-vault decrypt x.yml
