kubectl get nodes
K3S_TOKEN=HHf6Gy0EQYwrViW4Yjh3Bft1PvyWXuAusVYP k3s server --cluster-init &
k3sup join --ip 10.0.0.3 --server-ip 10.0.0.1 --user ubuntu --k3s-extra-args "--token=La0IP5oJSDcaeIFH8WHx5l3gQP1W6GiQbOsq"
helm install x y --set token=bptnIX243FfuMrHMOqoXLOwTKPsooLVGlEI7
export TOKEN=$(kubectl create token admin)
