#!/bin/bash
ansible-playbook site.yml --vault-password-file <(echo "m7OWbqlOCazxD471EeQzQef4")
ansible-playbook site.yml --vault-id prod@<(printf '%s' 'cL8!icmeLr0.-INRL5yp')
ansible-playbook site.yml --vault-password-file <(pass ansible/vault)
ansible-playbook site.yml --vault-password-file <(echo "$VAULT_PASS")
