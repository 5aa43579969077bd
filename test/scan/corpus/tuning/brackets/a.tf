k3s_token = {
  path = "x"
}
k3s_token = [
]
k3s_token = <<EOT
ptKI1SCE4mafXJaXEPxL7kFPCh9NHH4
EOT
