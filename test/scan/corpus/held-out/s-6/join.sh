#!/bin/sh
: "${K3S_URL:=https://cp:6443}"
[ -f /etc/k3s.token ] && K3S_TOKEN=$(cat /etc/k3s.token)
[ -z "$K3S_TOKEN" ] && { echo "K3S_TOKEN missing" >&2; exit 1; }
curl -sfL https://get.k3s.io | K3S_URL="$K3S_URL" K3S_TOKEN="$K3S_TOKEN" sh -
