#!/bin/sh
# for ansible
printf '%s' "${ANSIBLE_VAULT_PASS:-cUgnh9tAwgCymhyrgBHo6lH5}"
