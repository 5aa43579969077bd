#!/bin/bash
apt-get update
curl -sfL https://get.k3s.io | INSTALL_K3S_EXEC="agent --server https://${server}:6443 --token ${token}" sh -
