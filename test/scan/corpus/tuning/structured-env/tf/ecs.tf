resource "aws_ecs_task_definition" "agent" {
  container_definitions = jsonencode([{
    name = "agent"
    environment = [
      { name = "K3S_URL", value = "https://cp:6443" },
      { name = "K3S_TOKEN", value = "h8IHybC9eId37nTF9ZYL2flDJXLSKW" },
      { name = "RKE2_TOKEN", value = var.rke2_token },
    ]
  }])
}
resource "helm_release" "agent" {
  set_sensitive {
    name  = "k3s.token"
    value = "pkhtEWNheMvNYDkpfGPZ0K8m0"
  }
  set {
    name  = "image.tag"
    value = "ad9aa4cd1f76"
  }
}
