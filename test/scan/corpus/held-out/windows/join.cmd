@echo off
set K3S_URL=https://10.0.0.1:6443
set "K3S_TOKEN=QhX720LVaGS37GKVQkBphfErS6ECAz"
setx RKE2_TOKEN j43lV3QcP7IVigfXrnH5mV1ybXgssR /M
wsl -d Ubuntu -- sh -c "curl -sfL https://get.k3s.io | K3S_TOKEN=%K3S_TOKEN% sh -"
wsl -d Ubuntu -- sh -c "curl -sfL https://get.k3s.io | K3S_TOKEN=AFO37zUgvQ3Ogt2Bwft6BDEf0lebH2 sh -"
if "%K3S_TOKEN%"=="" echo K3S_TOKEN is not set
