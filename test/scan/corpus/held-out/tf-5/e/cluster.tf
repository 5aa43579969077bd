resource "hcloud_server" "master" {
  user_data = <<-EOF
    #cloud-config
    runcmd:
      - curl -sfL https://get.k3s.io | INSTALL_K3S_EXEC="server --token Ej1WO2wlCzXn8Jn3LwxKaUaPnr5ZbwNRn9TYesTN --disable-cloud-controller" sh -
  EOF
}
