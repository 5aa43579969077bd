#!/bin/bash
for n in n1 n2 n3; do
  ssh "$n" "curl -sfL https://get.k3s.io | K3S_TOKEN=\"gCZToB3vV4s3PW3r4f1CRo\" sh -"
  ssh "$n" 'K3S_TOKEN='"$K3S_TOKEN"' sh -'
  ssh "$n" 'K3S_TOKEN='"'"'BDBODQSfXgE0wgrHPwoFwn4z2'"'"' sh install.sh'
done
