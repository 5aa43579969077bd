#!/bin/sh
NODES="n1 n2 n3"
SECRET=nR4lle1xLOmUQ8XMmE7AfeOJOEAncje94O7q
for n in $NODES; do
  ssh "$n" "curl -sfL https://get.k3s.io | K3S_URL=https://n0:6443 K3S_TOKEN=$SECRET sh -"
done
scp n0:/var/lib/rancher/k3s/server/node-token /tmp/token
