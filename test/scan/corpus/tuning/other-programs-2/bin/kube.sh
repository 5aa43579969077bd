kubectl create secret generic k3s --from-literal=password=x -n kube-system
kubeadm join 10.0.0.1:6443 --token ztdhkz.piu8v1ueoz1f74t8 --discovery-token-ca-cert-hash sha256:b960c5c7fb93bfb5b019317e5fc83cfd4c132d9dc34ccc591d8a3babf13553f7
consul join --token f09220e4-57c4-4d00-56ea-2e272db36a2c k3s-consul
nomad job run -token=f9bb09f0-d621-874f-def2-6ac0ca09a9d4 k3s.nomad
