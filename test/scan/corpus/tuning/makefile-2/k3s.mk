k3s_token: k3s/token
k3s/token:
	openssl rand -hex 24 > $@
K3S_TOKEN = $(file < k3s/token)
export K3S_TOKEN
