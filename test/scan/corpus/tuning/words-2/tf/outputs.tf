output "k3s_token" {
  description = "Token: joins the nodes of the cluster"
  value       = local.token
}
