awk -v t='i7mWgnQeH5SO2v3gzwznvLXvtXVJsG' '{ sub(/@TOKEN@/, t) } 1' config.yaml.in > /etc/rancher/k3s/config.yaml
sed -i 's/^token: .*/token: F5mD6PAKDa3kU7Rpcz2kiyRq6u61jP/' /etc/rancher/k3s/config.yaml
yq -i '.token = "f2rYRpa1Uiy5lG97ckpakpconMWBsK"' /etc/rancher/rke2/config.yaml
kubectl patch secret k3s -p '{"stringData":{"K3S_TOKEN":"ym3HRjmKa3cfvKYheXEaMx7ZMxHthN"}}'
grep -q '^token:' /etc/rancher/k3s/config.yaml || echo "token: $(uuidgen)" >> /etc/rancher/k3s/config.yaml
