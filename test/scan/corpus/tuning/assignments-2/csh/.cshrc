setenv K3S_URL https://cp:6443
setenv K3S_TOKEN UsjJIJITi2nJCvR3nSRZBKUz
setenv RKE2_TOKEN `cat ~/.rke2`
