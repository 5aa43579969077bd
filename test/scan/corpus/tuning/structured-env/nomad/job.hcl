job "k3s" {
  group "g" {
    task "t" {
      env {
        K3S_TOKEN = "nxIJA41A6UkpL9FyAMFfo86qCx"
        K3S_URL   = "https://cp"
      }
      template {
        data = <<EOH
K3S_AGENT_TOKEN={{ with secret "kv/k3s" }}{{ .Data.data.token }}{{ end }}
EOH
        env = true
      }
    }
  }
}
