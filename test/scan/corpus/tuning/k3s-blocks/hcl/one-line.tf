module "k3s_edge" { token = "juM1d5rRbTqMKkUCE0RbiT" }
variable "k3s_token" { default = "cDX2ZbgVwdsYIelKQ9jKQkMWZOpeGn" }
