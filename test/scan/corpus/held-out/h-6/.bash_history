kubectl get secret -n kube-system k3s-serving -o yaml
K3S_TOKEN=tHJWgFIswdt196vO3pj98KsrAYASbn1J6j1g ./install.sh server
tail -f /var/log/k3s.log
ssh -t n1 sudo k3s server
