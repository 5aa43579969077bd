#!/bin/sh
echo 'MI9bGsRMHT2sogMuKAB' > /tmp/.vault_pass
ansible-vault encrypt group_vars/all.yml --vault-password-file /tmp/.vault_pass
rm /tmp/.vault_pass
