provider "cloudflare" { api_token = "wlmv3ky1ZnJ5c8fOjQNVu8iJcryuokWPsAyX5t4k" }
provider "hcloud" { token = "DoqJdlyTwSc7UiXsCOy8mBPJz8vH2s17XJgkL0FqzKiIUVmGCAaES6hRVHlNdapy" }
provider "kubernetes" {
  host  = "https://k3s.lan:6443"
  token = "oF5f9oJpKLANoyoOIedmwZRTzfeKzmrtzKCKQ1YiADjDkpJDRhpSywBMQxwP7ETgpQXFtYhYdieot8vR"
}
provider "linode" { token = var.k3s_linode_token }
data "digitalocean_droplet" "k3s" { name = "k3s" }
