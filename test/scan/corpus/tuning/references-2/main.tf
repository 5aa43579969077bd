module "k3s" {
  source    = "./k3s"
  k3s_token = module.secrets.k3s_token
  token     = data.vault_kv_secret_v2.k3s.data["token"]
}
resource "random_password" "k3s_token" {
  length  = 48
  special = false
}
output "k3s_token" {
  value     = random_password.k3s_token.result
  sensitive = true
}
