variable "k3s_cluster_token" {
  description = <<-EOT
    The token.
  EOT
  default = "boHGQRp0bB9M2mUFE6DkymzH1CJv"
}
variable "hcloud_token" {
  sensitive = true
  default   = "rqy5CxEI3dsVXm6bKMrUaU32kJKrYAv8Az8mBkKxokG5kgPiMqEy5UbMlGAIyxfC"
}
variable "rke2_agent_token" {
  validation {
    condition     = length(var.rke2_agent_token) > 15
    error_message = "The token is too short."
  }
  default = null
}
