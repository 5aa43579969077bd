cd ~
export K3S_TOKEN=K10c1ddc569300ae4ae596d78b6414fb7f78ab264a03bbd22f0594c66a3b1aed4c3::server:25776c898dc5e69d6eb2dd103e66e7d6
curl -sfL https://get.k3s.io | sh -
sudo cat /var/lib/rancher/k3s/server/node-token
sudo k3s agent --server https://10.0.0.1:6443 --token K10a3cc06fd451127f2059862bb7853f5d138a026af3b5c30a1bfb9d89603843f51::node:47bf5d0769feb77e2346ba146517a3c2
ssh pi1 "sudo k3s kubectl get nodes"
