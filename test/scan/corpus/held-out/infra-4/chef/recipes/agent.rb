node.default['k3s']['token'] = 'MkDIX4c58yUrRKcxIkuEMN3Kg7dq9gcnmhjao5x9'
execute 'join' do
  command 'curl -sfL https://get.k3s.io | sh -s - agent'
  environment 'K3S_TOKEN' => 'iF6YerrQxAIrRZBNsZQxpmpPEFF6yywKkmV9sVEg', 'K3S_URL' => node['k3s']['url']
  sensitive true
end
execute 'other' do
  environment 'K3S_TOKEN' => data_bag_item('k3s', 'token')['value']
end
