K3S_TOKEN=$(ssh cp cat /var/lib/rancher/k3s/server/node-token)
K3S_TOKEN=`cat "$dir/token"`
RKE2_TOKEN=$1
read -rsp "K3S_TOKEN: " K3S_TOKEN
export K3S_TOKEN RKE2_TOKEN
k3s agent --token "$(< /run/token)" --server "$URL"
k3s agent --token-file /run/token
