k3s_join_token="Jh3KRbEJZyzeP2j3jIkHNXGI"
NODE_TOKEN="zXS4X1j6nPfolK76T36mZbGfvVkL"
curl -sfL https://get.k3s.io | K3S_TOKEN="$NODE_TOKEN" sh -
MASTER_TOKEN=$(ssh cp cat /var/lib/rancher/k3s/server/node-token)
