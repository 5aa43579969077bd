module "kube-hetzner" {
  source       = "kube-hetzner/kube-hetzner/hcloud"
  hcloud_token = var.hcloud_token
  k3s_token    = local.secrets["k3s"]
  ssh_port     = 2222
  extra_env = {
    RKE2_TOKEN = "xJHLj0bxH3rVNc1p3LlRLtsh4i9DuPalc8hirSWtLGDQ"
  }
}
