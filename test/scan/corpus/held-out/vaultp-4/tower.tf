resource "awx_credential" "vault" {
  name   = "vault"
  inputs = jsonencode({ vault_password = "v1OOrROreq0Jfe1WAHq5UYBm", vault_id = "prod" })
}
resource "vault_token" "t" { policies = ["k3s"] }
