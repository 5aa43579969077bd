data "ct_config" "node" {
  content = yamlencode({
    storage = { files = [{ path = "/etc/rancher/k3s/config.yaml", contents = { inline = "token: EEOLdGQtdBtG3wogKt91bz05tfflyyx8DzdX\nserver: https://cp:6443\n" } }] }
  })
}
data "vault_kv_secret_v2" "k3s" {
  mount = "kv"
  name  = "k3s/token"
}
locals { token = data.vault_kv_secret_v2.k3s.data["token"] }
