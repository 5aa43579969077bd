ansible-vault view x.yml --vault-password-file=<(echo 'zQjj6g91P/Vw^:!o_Ejn')
ansible-vault view x.yml --vault-id dev@<(echo Kt0iD4MCohfqs1XneGV5F)
ansible-vault view x.yml --vault-id dev@prompt
ansible-vault view x.yml --vault-id @~/.vault
ansible-vault view x.yml --vault-pass-file <(printf %s "IXagh7WaIdpYOi9Cah9x0EIBTJ")
ANSIBLE_VAULT_PASSWORD_FILE=<(echo "EqJ6x8FrYo1gIranyGq") ansible-playbook site.yml
ANSIBLE_VAULT_PASSWORD_FILE=./vp ansible-playbook site.yml
echo "uRS0ZnXvANtWU9IpUnuwBZg" | ansible-playbook site.yml --vault-password-file /dev/stdin
echo "$VP" | ansible-playbook site.yml --vault-password-file /dev/stdin
ansible-playbook site.yml --vault-password-file /bin/cat <<< "Rf8nzkdNHMxyqbO9lNtriZI8f"
ansible-playbook site.yml --vault-password-file /bin/cat <<< "$VP"
