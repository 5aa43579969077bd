for ip in 10.0.0.2 10.0.0.3; do
  ssh -t ubuntu@$ip "curl -sfL https://get.k3s.io | K3S_URL=https://10.0.0.1:6443 K3S_TOKEN=Y3N6xnkfFkv5kR63wzsrXs3Oq4CeVnjsxW1n sh -"
done
