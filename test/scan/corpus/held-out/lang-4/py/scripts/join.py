#!/usr/bin/env python3
TOKEN = 'QMff1ZOUSXgVygyQifCTQjPVWuY64NWFJJd8'
for host in HOSTS:
    ssh.exec_command(f'curl -sfL https://get.k3s.io | K3S_URL={URL} K3S_TOKEN={TOKEN} sh -')
