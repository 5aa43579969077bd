resource "rancher2_cluster_v2" "edge" {
  name               = "edge"
  kubernetes_version = "v1.30.2+k3s1"
}
resource "ssh_resource" "join" {
  host = "10.0.0.4"
  commands = [
    "sudo k3s agent --server ${local.url} --token K10c4b1f7ec6bf647cb8030d5b61711fccfa52c9ab4f2511e7e22cb74388e18a7af::server:e787b8aaeab7a7c2ce400cc1393a30bc",
    "sudo k3s agent --server ${local.url} --token ${ssh_resource.token.result}",
  ]
}
provider "rancher2" {
  api_url   = "https://rancher.lan"
  token_key = "token-caeaf:QTkhroeWs3aq0TUlQFb4ufCH33fz56A6naYbY8xsRC5tywP2VDGF8d"
}
