env K3S_TOKEN=bWLHx2eTqCAJnoX0RBVAdDju sh install.sh
K3S_TOKEN=F413oq6rli3ov3aUkn8I3WXd4ug1htna; export K3S_TOKEN
declare -x K3S_TOKEN="vrZkhc4LPuqTTFQnZVFZg"
readonly K3S_TOKEN='gZxPG6bP09VeQxZFKv5lDtCTnPC'
local k3s_token=$1
docker run -eK3S_TOKEN=qlhi9WVk5lfumO1vk6oEED4wGOPJ0i rancher/k3s
docker run --env K3S_TOKEN=CLuuPe4GPZ8yBZfdA7O1KlJqW rancher/k3s
docker run --env=RKE2_TOKEN rancher/k3s
heroku config:set K3S_TOKEN=rHqldOKvzmPZ6NSvXxAi6jMI5mtPu54qe
gh secret set K3S_TOKEN --body "Iyl8lJW6DFIFdkcjaAc7AN4"
gh secret set K3S_TOKEN < token
kubectl create secret generic k3s --from-literal=K3S_TOKEN=qWY6ba2JVguuFphvP0Zy1JHIPRwb
kubectl create secret generic k3s --from-literal=K3S_TOKEN="$K3S_TOKEN"
helm install k3s ./k3s --set k3s.token=SQm6XuPSyuxLHB9mUaUu7p
terraform apply -var k3s_token=MSKs4hljFstcdM6o9QuY8521yHcF93b -var 'rke2_token=Nl9YEcsFHPhmLFDPrxVaUryLlr'
terraform apply -var "k3s_token=$TOKEN"
