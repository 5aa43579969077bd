variable "k3s_token" {
  type = object({ path = string })
  default = {
    path = "/run/token"
  }
}
