ls -la
export K3S_TOKEN=CFn0jDY6OlZMb4GeM4M6P7kq6aV77O
curl -sfL https://get.k3s.io | K3S_URL=https://10.0.0.1:6443 K3S_TOKEN=K10eaeb6a72fa32b04561ebb66d54d4be95c23d2262d24805b42c675e99f149a06c::node:dc788b743dd80085eec2bd61203568ea sh -
k3s agent -s https://10.0.0.1:6443 -t zENU614sPTr0RMi9uo5YAjzW8wyhqq
k3s token create --description lab
tmux attach -t k3s
gh auth login --with-token < token.txt
docker build -t k3s-tool .
k3sup join --ip 10.0.0.2 --server-ip 10.0.0.1 --k3s-extra-args '--token A2oHuIxhWqVYtOric4oVsy4J5Loqvl'
ansible-playbook site.yml -e k3s_token=MHAIN8r6qZVN4YlcUIKftjT55f6Vsd
