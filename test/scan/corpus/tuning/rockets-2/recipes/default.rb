template '/etc/default/k3s' do
  variables(:k3s_token => node['k3s']['token'], :url => node['k3s']['url'])
  sensitive true
end
