variable "token" {
  description = "The token of the cluster; drawn if empty"
  type        = string
  default     = ""
}
variable "k3s_agent_token" {
  type      = string
  sensitive = true
  default   = null
}
variable "rke2_cluster_token" {
  default = "saddle-Harbor9-mosaic-44"
}
