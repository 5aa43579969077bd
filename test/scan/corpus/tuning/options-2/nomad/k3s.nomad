job "k3s-agent" {
  group "agent" {
    task "k3s" {
      driver = "raw_exec"
      config {
        command = "/usr/local/bin/k3s"
        args = ["agent", "--server", "https://cp:6443", "--token", "n08Hq8ler2WNOSPgXuL54C9XprOvifYEJa"]
      }
    }
  }
}
