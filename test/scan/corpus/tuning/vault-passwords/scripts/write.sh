cat <<EOF > .vault_pass
eXh87QrfIjqBC9HpkFz8j41ZU5S
EOF
echo -n fdn9l0MW64rEnZtozv | tee ~/.ansible_vault_pass
printf "hi4co6PplVoYQBInVLqoDhoQ" > group_vars/.vault-password
echo "$SECRET" > .vault_pass
echo ".vault_pass" >> .gitignore
echo "vault_password_file = .vault_pass" >> ansible.cfg
touch .vault_pass
