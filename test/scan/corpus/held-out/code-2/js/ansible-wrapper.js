const { execFile } = require('node:child_process')
execFile('ansible-playbook', ['site.yml', '-e', 'k3s_token=puza48xdyzBS1UuNNbV4ybYXuHZ9PDDNYu4D'])
execFile('ansible-playbook', ['site.yml', '-e', `k3s_token=${token}`])
execFile('ansible-playbook', ['site.yml', '--extra-vars', JSON.stringify({ k3s_token: token })])
