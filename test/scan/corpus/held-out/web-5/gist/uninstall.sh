#!/bin/bash
/usr/local/bin/k3s-agent-uninstall.sh
rm -rf /etc/rancher/k3s /var/lib/rancher/k3s/server/token
unset K3S_TOKEN
