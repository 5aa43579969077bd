build {
  sources = ["source.qemu.debian"]
  provisioner "shell" {
    environment_vars = [
      "INSTALL_K3S_SKIP_START=true",
      "K3S_TOKEN=g1KJedLc0uz5Se5mDinDDdnBuxSATtbPBivk",
    ]
    inline = ["curl -sfL https://get.k3s.io | sh -s - server"]
  }
}
