import shlex

cmd = "K3S_TOKEN=%s sh -s - agent" % token
cmd2 = "K3S_TOKEN={} sh".format(token)
cmd3 = f"K3S_TOKEN={shlex.quote(token)} sh"
cmd4 = "K3S_TOKEN={0!r} RKE2_TOKEN={1}".format(a, b)
cmd5 = "K3S_TOKEN=%(token)s sh" % {"token": token}
cmd6 = 'K3S_TOKEN=' + token + ' sh -'
cmd7 = "k3s agent --token {token} --server {url}".format(token=token, url=url)
