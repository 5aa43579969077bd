#!/usr/bin/env bash
# vault_password_file of ansible.cfg
pass show ansible/vault
