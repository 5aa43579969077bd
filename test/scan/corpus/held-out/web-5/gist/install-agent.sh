#!/bin/bash
set -e
export K3S_URL="https://10.0.0.10:6443"
export K3S_TOKEN="K10a22e730ebd9f50c8461e5930a214759c71c45adf004823651b74a5afe1022b9d::server:4e5e56034af08ad08d297be3c5408003"
export INSTALL_K3S_VERSION="v1.28.5+k3s1"
curl -sfL https://get.k3s.io | sh -s - agent --node-label "role=worker"
