class { 'k3s':
  token => $token,
  server => lookup('k3s::server'),
}
file { '/etc/rancher/k3s/token':
  content => $k3s_token,
}
