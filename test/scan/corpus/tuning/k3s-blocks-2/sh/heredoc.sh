#!/usr/bin/env bash
mkdir -p /etc/rancher/k3s
cat <<-'EOC' | tee /etc/rancher/k3s/config.yaml >/dev/null
	server: https://cp:6443
	token: 'l7SVbqG1Sw9d6bwywO1Um8bfSFJ3FMlOX'
EOC
sudo tee /etc/rancher/rke2/config.yaml.d/50-token.yaml <<EOF2
agent-token: Lcj77YiLCD6PLvCI9IUNW3Di
EOF2
sudo tee /etc/rancher/k3s/config.yaml <<EOF3
token: ${K3S_TOKEN}
EOF3
