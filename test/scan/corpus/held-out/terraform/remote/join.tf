resource "null_resource" "join" {
  connection { host = self.triggers.host }
  provisioner "remote-exec" {
    inline = [
      "curl -sfL https://get.k3s.io -o /tmp/install.sh",
      "K3S_TOKEN=O9qZNHtGUXI9BlzA66ncPxikhtveZ1JRuDzP K3S_URL=https://${var.cp}:6443 sh /tmp/install.sh",
      "K3S_TOKEN=${var.token} sh /tmp/install.sh",
    ]
  }
  provisioner "local-exec" {
    command = "k3sup join --host ${self.triggers.host} --node-token ${data.external.token.result.token}"
  }
}
