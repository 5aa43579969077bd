resource "digitalocean_droplet" "agent" {
  count     = 3
  image     = "debian-12-x64"
  user_data = <<EOT
#cloud-config
runcmd:
  - curl -sfL https://get.k3s.io | K3S_URL=https://${digitalocean_droplet.server.ipv4_address_private}:6443 K3S_TOKEN='eYtHEKlNmTvazbbY1NltbpSYZz5VuV8S5IWk6p67q3' sh -
EOT
}
resource "digitalocean_droplet" "server" {
  user_data = "#!/bin/sh\ncurl -sfL https://get.k3s.io | K3S_TOKEN='${random_password.t.result}' sh -"
}
provider "digitalocean" {
  token = "dop_v1_1ea89f87c4834fa8f47fc50ab5961339c47a0840cab99ca0e0d8a02cc113dac0"
}
