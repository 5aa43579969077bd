class profile::k3s (
  String $k3s_token = 'k8i8bkOTMeFvNtD0riTyWQ78NGRc',
  String $url = 'https://cp:6443',
) {
  class { 'k3s':
    token => 'aB3hay5DmJYo4w71GgdXOBc8LO4',
    server => $url,
  }
  file { '/etc/default/k3s':
    content => "K3S_TOKEN=${k3s_token}\n",
  }
  class { 'gitlab_ci_runner':
    token => 'reiTXCNoOQN6x75cPYDD',
  }
}
