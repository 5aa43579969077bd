class { 'k3s':
  ensure => present,
  token  => 'XyHPVHyp9ghfgNdt6r0erGmauUUaQN',
  url    => Sensitive(lookup('k3s::url')),
}
class profile::k3s (String $k3s_token = lookup('k3s::token')) {
  $rke2_token = 'hmoNzXpGTnJEFN4vusRLspkifkYYJe'
}
