exec k3s agent -s https://cp:6443 -t gD81whv9ZSsrxpkTzsRp5AFqmEbT2H --node-name w1
exec k3s agent -s https://cp:6443 -t=hGDeE0GZIokaJJgOvbrbgt
exec k3s agent -s https://cp:6443 -t "$K3S_TOKEN"
