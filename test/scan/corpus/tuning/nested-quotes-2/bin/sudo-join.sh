#!/bin/bash
sudo bash -c "INSTALL_K3S_EXEC='agent --token \"f2cI37LBXI0QzBZCsF2PFwVIjVFg\" --server https://10.2.0.1:6443' /opt/k3s/install.sh"
sudo bash -c "INSTALL_K3S_EXEC=\"agent --token ${TOKEN} --server https://10.2.0.1:6443\" /opt/k3s/install.sh"
