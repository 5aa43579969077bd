#!/bin/sh
# registers a runner in the k3s cluster
./config.sh --url https://github.com/example/k3s --token IVCXPV3ORAH2NQ82L4C0Y4G03JXB9 --unattended
gitlab-runner register --non-interactive --token glrt-CHqwrbREh4Yuk2ZD8PEl --url https://gitlab.lan
cloudflared tunnel run --token eyJNjkPgWoqn846UaJNTZ67SkZikUwjGItyQQvu2INYfe23rZ830uL4gFFG4O0A
docker swarm join --token SWMTKN-1-eoot4nlxzvuqoseu3dt0mi9lsdrqni2nzm8d4zc046q82x24kh-knr75bscldk7288s9q2dp4k6r 10.0.0.1:2377
k3s kubectl --token hWvcLTyki4O27Tp1a9uYIBEVbPNKe8Df get nodes
