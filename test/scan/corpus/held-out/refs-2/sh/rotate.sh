NEW=$(openssl rand -hex 32)
k3s token rotate --token "$OLD" --new-token "$NEW"
jq -r .k3s_token secrets.json | k3s token rotate -t "$(cat /run/old)" --new-token-file -
K3S_TOKEN=$(sops -d --extract '["k3s_token"]' secrets.yaml)
K3S_TOKEN="$(jq -r '.outputs.k3s_token.value' terraform.tfstate)"
export K3S_TOKEN; K3S_TOKEN=$(kubectl get secret k3s -o jsonpath='{.data.token}' | base64 -d)
