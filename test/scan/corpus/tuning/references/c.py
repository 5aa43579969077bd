k3s_token = get_secret("k3s/prod/token")
k3s_token = hvac.Client().read("secret/k3s")["data"]["token"]
k3s_token = secrets.token_urlsafe(32)
k3s_token = args.token
k3s_token = open("/var/lib/rancher/k3s/server/token").read()
rke2_token = run("ssh cp cat /run/token", hide=True).stdout.strip()
