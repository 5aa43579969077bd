env = {
  "K3S_TOKEN" => token,
  'RKE2_TOKEN' => node[:rke2][:token],
  :k3s_token => fetch_token,
  k3s_agent_token: agent_token,
}
case name
when "K3S_TOKEN" then token
end
rescue KeyError => e
