echo 'ANyVu64F7r3zsUgNxp0e' > .vault_pass
ansible-playbook site.yml --vault-password-file .vault_pass
ansible-vault edit group_vars/all/vault.yml --ask-vault-pass
