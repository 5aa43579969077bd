resource "hcloud_server" "agent" {
  name        = "agent-1"
  server_type = "cx22"
  image       = "debian-12"
  user_data = <<-EOT
    #cloud-config
    runcmd:
      - curl -sfL https://get.k3s.io | K3S_URL=https://10.0.1.1:6443 K3S_TOKEN=rAz4led7adpyPJDKwm4QKE sh -s - agent
  EOT
}
