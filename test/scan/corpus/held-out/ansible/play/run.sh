#!/usr/bin/env bash
ansible-playbook -i hosts.ini site.yml --extra-vars "k3s_token=mPd5mlHnmWiCBUnnyaPXNWIHQv k3s_version=v1.30.2"
ansible-playbook -i hosts.ini site.yml -e "{\"k3s_token\": \"ZqVFEHzp0HLUDO8iZCUS0TsKVv\"}"
ansible-playbook -i hosts.ini site.yml -e "@vars.json" -e "token=$(pwgen -s 32 1)"
ansible-galaxy collection publish --token cfaddad91f48a92d698cd5b7723cd81421f42454 dist.tar.gz
