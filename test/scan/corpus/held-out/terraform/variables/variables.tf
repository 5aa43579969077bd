variable "k3s_token" {
  type        = string
  description = "The token that nodes join with"
  sensitive   = true
}

variable "k3s_agent_token" {
  type    = string
  default = "gNQ6ar7zC08GViKeMqRL4zu3W2Ejqfma"
}

variable "github_token" {
  default = "ghp_gmcAjqfyoXRy3cZMhVC05omebA4VfkdrZfPt"
}
