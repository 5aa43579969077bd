resource "null_resource" "play" {
  provisioner "local-exec" {
    command = "ansible-playbook -i inv site.yml --vault-password-file <(echo 'kThrcdSF2xr4lmmuzRF7Vtzh')"
    environment = {
      ANSIBLE_VAULT_PASSWORD = "PVz6BiPTN1K2FnEBIfvSCQPY"
      VAULT_ADDR             = "https://vault.lan"
    }
  }
}
