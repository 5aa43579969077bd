#!/bin/bash
export ANSIBLE_VAULT_PASSWORD_FILE=$(mktemp)
echo "bWRrzBGZSN6LZ9qEaZUsTUyC" > "$ANSIBLE_VAULT_PASSWORD_FILE"
ansible-playbook site.yml
VAULT_PASSWORD='evpjnJdLY0QaFYbX1J0hozar'
ansible-playbook site.yml --vault-password-file <(printf '%s' "$VAULT_PASSWORD")
