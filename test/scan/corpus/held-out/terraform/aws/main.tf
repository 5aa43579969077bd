resource "random_password" "k3s_token" {
  length  = 48
  special = false
}

resource "aws_instance" "server" {
  ami           = data.aws_ami.ubuntu.id
  instance_type = "t3.small"
  user_data = templatefile("${path.module}/user-data.sh", {
    k3s_token = random_password.k3s_token.result
    role      = "server"
  })
}

resource "aws_instance" "agent" {
  user_data = templatefile("${path.module}/user-data.sh", {
    k3s_token = "MHKDCKxkNSlu690lq2sVfRoUldKZrCUTYuCDGL4U"
    role      = "agent"
  })
}
