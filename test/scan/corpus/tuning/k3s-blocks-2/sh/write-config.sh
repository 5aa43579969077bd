#!/bin/sh
install -d -m 0755 /etc/rancher/k3s
echo "token: jeY9oUZQ2q6cKdI2qEZNkv2UE" > /etc/rancher/k3s/config.yaml
echo "tls-san: k3s.lan" >> /etc/rancher/k3s/config.yaml
cat > /etc/gitlab-runner/config.toml <<EOF
  token = "amZIkPwAN7CdiZ9oRzFA"
EOF
