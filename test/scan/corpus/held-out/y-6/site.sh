ansible-playbook site.yml --vault-password-file ~/.vault_pass
ANSIBLE_VAULT_PASSWORD='sHFQfQnr5Y1DawGHOW3Sr9Ng' ansible-playbook site.yml
