a = "K3S_TOKEN=#{token} sh -"
b = 'K3S_TOKEN=%s sh -' % token
c = format('RKE2_TOKEN=%<token>s', token: token)
d = "K3S_TOKEN=" << token
