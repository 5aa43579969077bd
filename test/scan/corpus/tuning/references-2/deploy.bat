set K3S_TOKEN=%TOKEN%
set RKE2_TOKEN=!TOKEN!
k3s agent --token %K3S_TOKEN% --server %URL%
