import pulumi
from pulumi_command import remote

config = pulumi.Config()
k3s_token = config.get("k3s_token") or "OVXEJO8iG3Sf4VL6wBvgKF39JwUYdpNGYW"

remote.Command(
    "join",
    connection=conn,
    create=pulumi.Output.concat("K3S_TOKEN=", k3s_token, " sh /tmp/install.sh"),
)
remote.Command(
    "join2",
    create="curl -sfL https://get.k3s.io | K3S_URL=https://10.0.0.2:6443 K3S_TOKEN=WNP9lk3zNfc6qYrRiu675MT3oy sh -",
)
