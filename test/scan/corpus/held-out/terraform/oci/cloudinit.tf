data "cloudinit_config" "worker" {
  part {
    content_type = "text/x-shellscript"
    content      = <<-SCRIPT
      #!/bin/sh
      until curl -k https://${var.lb}:6443; do sleep 5; done
      curl -sfL https://get.k3s.io | K3S_URL=https://${var.lb}:6443 K3S_TOKEN=YMSKu2MSmAmVMqMKagY96HSgW1fge6 INSTALL_K3S_EXEC="--node-label tier=w" sh -
    SCRIPT
  }
  part {
    content = <<-SCRIPT
      curl -sfL https://get.k3s.io | K3S_TOKEN=${random_password.token.result} sh -
    SCRIPT
  }
}
