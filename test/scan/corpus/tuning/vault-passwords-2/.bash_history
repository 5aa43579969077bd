ls group_vars
echo p1bUNiWY71YDR2OepLl2Q > .vault_pass
ansible-vault view group_vars/all/vault.yml --vault-password-file .vault_pass
ansible-vault view group_vars/all/vault.yml --vault-password-file <(echo 'Sq9:rrC/0DTaj2kap')
