resource "aws_launch_template" "agents" {
  name_prefix = "k3s-agent-"
  user_data = base64encode(<<-EOF
    #!/bin/bash
    export INSTALL_K3S_EXEC="agent --node-label pool=spot"
    export K3S_URL="https://${aws_lb.k3s.dns_name}:6443"
    export K3S_TOKEN="xRbrXNL8VMzOSWJSnPw45YIIfYvmnC6Z1QDUqvbZmJqEqAnJ"
    curl -sfL https://get.k3s.io | sh -
  EOF
  )
}
resource "aws_ssm_parameter" "token" {
  name  = "/k3s/token"
  type  = "SecureString"
  value = "LqKBbdtZuQRolrGtqwZbLaEPUf56419cJqY7TdJ88WGDAoqG"
}
data "aws_ssm_parameter" "rke2" {
  name = "/rke2/token"
}
