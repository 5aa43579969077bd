k3s kubectl get nodes
gh auth login --token ghp_NewMhLvib8xgJNx2QApQwHOk7tiELKHprUyW
doctl compute droplet create k3s1 -t cb1fdc09fefdf0750efe4c3e56f18f7df9c382cf
tar -t -f k3s.tar
