variable "region" {
  default = "fsn1"
}

variable "k3s_token" {
  type        = string
  description = "Token that joins the nodes"
  sensitive   = true
  default     = "uRe6nr0fv8nwmsQ8F8FjJiTLtdU2qIw0"
}

variable "rke2_token" {
  type    = string
  default = ""
}

variable "gitea_token" {
  default = "ef29f3385404a8baf0c70620e8f9a5fca9007e76"
}
