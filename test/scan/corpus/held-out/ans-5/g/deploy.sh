#!/bin/sh
ansible-playbook -i hosts.ini site.yml -e "token=MUsXQr7mwjv725VTqgzxCxSq6ZX1ntUz" -e @vars.yml
ansible-playbook -i hosts.ini reset.yml --ask-vault-pass
