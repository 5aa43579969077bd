resource "hcloud_server" "worker" {
  for_each    = toset(["w1", "w2"])
  name        = each.key
  server_type = "cax11"
  image       = "ubuntu-24.04"
  user_data = templatefile("${path.module}/worker.yaml.tftpl", {
    k3s_url   = "https://10.0.1.1:6443"
    k3s_token = "d6xV31Wx1Cj8WcKktp3etLr7P0LTDWfKcG5jZQHrpIxReLH5"
  })
  labels = { token = "none" }
}
