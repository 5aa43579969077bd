curl -sfL https://get.k3s.io | K3S_URL=https://192.168.1.10:6443 K3S_TOKEN=K102f7b7a90aa6f1beb34d9c17cdbee744523d4f28cc46671438e2175b4c26d267d::server:008efd5aee7107774fa8c134f0b74ffe sh -
sudo cat /var/lib/rancher/k3s/server/node-token
sudo k3s server --token DKaRD9mtmhqgBTsf6U4EECzz8GTtyObTcTcX &
sudo k3s agent --server https://192.168.1.10:6443 --token-file token
echo "token: juJRZ9Aih2jWUcP0aUmRP0l3aezqvEkfQBOW" | sudo tee -a /etc/rancher/k3s/config.yaml
ls -t | head
