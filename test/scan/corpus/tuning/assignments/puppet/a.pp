$k3s_token = 'WAVjIMivp9wWe3dXxEVWHKi5DZUwgEarx'
class { '::k3s::agent': token => 'W7ntZPFCycvL8JKZ285sbjCmp2np' }
class { 'rke2':
  config => {
    'token' => Sensitive('Qg2jmaJcOlv0qOnHzhrfHt'),
  },
}
class { 'icinga2': token => 'e966f11aff3dd332d5ac05ef78f15e90' }
