p.add_argument("-t", "--token", help="k3s: the token", required=True)
click.option("--k3s-token", envvar="K3S_TOKEN", help="Token")
"""K3S_TOKEN: the token."""
LABELS = {"k3s_token": "K3s token", "rke2_token": "RKE2 Token"}
