variable "k3s_token" { type = string }
k3s_token = var.k3s_token
k3s_token = "${random_string.k3s.result}"
k3s_token = one(random_password.k3s[*].result)
k3s_token = file("${path.module}/token")
k3s_token = try(local.x.token, "")
resource "aws_ssm_parameter" "k3s_token" { name = "/k3s/token" }
