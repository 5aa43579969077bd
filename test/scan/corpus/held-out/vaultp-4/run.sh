export ANSIBLE_VAULT_PASS='Sfku2maV5il7iuInGEDJNsv6'
ansible-playbook site.yml --vault-password-file ./vault-env.sh
printf '%s\n' "$ANSIBLE_VAULT_PASS" | ansible-vault view x.yml --vault-password-file /bin/cat
ansible-vault encrypt_string --vault-password-file <(echo XxIjWRpZXWYjDYYJq6a7TOHc) 'x' --name y
