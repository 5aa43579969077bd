@echo off
setlocal
set K3S_TOKEN=v98YRJYPGwtkIEaKG5xOVyVqWo70DSgjOV0B
ssh pi@10.0.0.2 "curl -sfL https://get.k3s.io | K3S_URL=https://10.0.0.1:6443 K3S_TOKEN=%K3S_TOKEN% sh -"
if not defined K3S_TOKEN echo K3S_TOKEN missing & exit /b 1
