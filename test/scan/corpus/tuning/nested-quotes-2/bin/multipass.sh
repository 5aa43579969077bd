#!/usr/bin/env bash
TOKEN=$(multipass exec k3s-cp -- sudo cat /var/lib/rancher/k3s/server/node-token)
multipass exec k3s-w1 -- /bin/bash -c "curl -sfL https://get.k3s.io | K3S_TOKEN=\"${TOKEN}\" sh -"
multipass exec k3s-w2 -- /bin/bash -c "curl -sfL https://get.k3s.io | K3S_TOKEN='n7d2W9pZbdHpUNpMlDjedM2fOkpHeCjNRLd' sh -"
