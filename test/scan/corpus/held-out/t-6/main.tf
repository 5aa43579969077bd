module "k3s" {
  source  = "xunleii/k3s/module"
  k3s_version = "v1.30.2+k3s1"
  generate_ca_certificates = true
  servers = { for s in hcloud_server.cp : s.name => { ip = s.ipv4_address } }
}
output "token" { value = module.k3s.token }
