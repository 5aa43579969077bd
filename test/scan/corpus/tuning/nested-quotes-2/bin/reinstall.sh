#!/bin/sh
for n in n1 n2; do
  ssh $n 'curl -sfL https://get.k3s.io | K3S_TOKEN='"$K3S_TOKEN"' sh -'
  ssh $n 'sudo sh -c "K3S_TOKEN=UkW5Mxu23X8o6JfSRa67Rmz /root/install.sh agent"'
done
