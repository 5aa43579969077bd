resource "null_resource" "workers" {
  for_each = toset(["w1", "w2"])
  provisioner "remote-exec" {
    inline = [
      "sudo apt-get update -y",
      "curl -sfL https://get.k3s.io | K3S_URL=https://${var.lb}:6443 K3S_TOKEN='e8935384ed21102c47d9839852cc2370' sh -",
      "curl -sfL https://get.k3s.io | K3S_URL=https://${var.lb}:6443 K3S_TOKEN=${var.k3s_token} sh -",
    ]
  }
}
