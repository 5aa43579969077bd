data "cloudinit_config" "node" {
  part {
    content_type = "text/x-shellscript"
    content      = "#!/bin/sh\nexport K3S_TOKEN=iVTdPHeekj3lIQIa9sX82N1xNiZZaW\ncurl -sfL https://get.k3s.io | sh -\n"
  }
}
