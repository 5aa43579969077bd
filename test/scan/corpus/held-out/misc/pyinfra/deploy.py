server.shell(
    name="join",
    commands=["curl -sfL https://get.k3s.io | sh -"],
    _env={"K3S_TOKEN": "yqnXpn5WN1PeIXk2u48R9bhrswRPYE", "K3S_URL": url},
)
files.put(src=StringIO("token: pvC2tCjOKjGn34CvxdbwQLKFSiMjGw\n"), dest="/etc/rancher/k3s/config.yaml")
files.put(src=StringIO(f"token: {host.data.token}\n"), dest="/etc/rancher/k3s/config.yaml")
