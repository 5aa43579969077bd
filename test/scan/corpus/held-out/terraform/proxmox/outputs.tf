output "join" {
  value     = "K3S_TOKEN=${random_string.token.result} sh -"
  sensitive = true
}
output "agent_command" {
  value = "k3s agent --server https://${local.vip}:6443 --token UEzRdXfjJoHlKJ8mu6o1Zq"
}
