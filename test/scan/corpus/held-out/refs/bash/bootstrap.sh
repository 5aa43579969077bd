#!/usr/bin/env bash
set -euo pipefail
: "${K3S_TOKEN:?K3S_TOKEN must be set}"
K3S_TOKEN="$(aws ssm get-parameter --name /k3s/token --with-decryption --query Parameter.Value --output text)"
NODE_TOKEN=$(ssh "$SERVER" sudo cat /var/lib/rancher/k3s/server/node-token)
ssh "$1" "curl -sfL https://get.k3s.io | K3S_URL=https://$SERVER:6443 K3S_TOKEN=$NODE_TOKEN sh -"
k3s agent --server "$URL" --token "${NODE_TOKEN}"
k3s agent --server "$URL" --token $(< /run/k3s-token)
sed -i "s|^token:.*|token: ${K3S_TOKEN}|" /etc/rancher/k3s/config.yaml
if [[ "$K3S_TOKEN" != K10* ]]; then echo "K3S_TOKEN: no secure token" >&2; fi
TOKEN_FILE=/var/lib/rancher/k3s/server/token
