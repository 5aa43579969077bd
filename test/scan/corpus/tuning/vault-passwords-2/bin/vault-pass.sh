#!/bin/sh
# for ansible.cfg: vault_password_file = bin/vault-pass.sh
echo 'dDsW9i5Ukr6dtLd8Uax85o'
