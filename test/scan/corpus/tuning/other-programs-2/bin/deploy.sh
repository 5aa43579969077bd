#!/bin/bash
# brings K3s' add-ons up
export KUBECONFIG=/etc/rancher/k3s/k3s.yaml
gh auth login --with-token < token.txt
argocd login cd.lan --auth-token HotaSF9GXVf9eNAihVzFfm4J4IBNsW
kubectl --token sZOH5BidCxFc4FnJICKaOyf4GcbnilFjRyusGk1F get pods
vault login --token s.VG4PJvkQAVbqla5vIgEGdNRa
influx auth create --token UJ37V8PIp44pGTTONToQORLyuHcoU0KwXwxuMXWz
helm registry login ghcr.io --token RJt48rt1FTNIcf7UKnvosnDm1XqmPPPTmp6A
curl -H "Authorization: token c1156cb7e11575d20b9650fe5b841affdaf62af8" https://api.lan/k3s
