variable "k3s_token" {
  type      = string
  default   = env("K3S_TOKEN")
  sensitive = true
}
build {
  provisioner "shell" {
    environment_vars = [
      "K3S_TOKEN=unEtvH02wJbwuckIZSrTqjiafRaqI3U3",
      "RKE2_TOKEN=${var.rke2_token}",
    ]
    inline = ["curl -sfL https://get.k3s.io | INSTALL_K3S_SKIP_START=true sh -"]
  }
}
