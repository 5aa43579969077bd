locals {
  userdata = base64encode(yamlencode({
    write_files = [
      { path = "/etc/rancher/k3s/config.yaml", content = yamlencode({ token = "t1FLeLeCOBgSQNskoGuQrncvAzVWmtabutLqAw5r", server = "https://cp:6443" }) },
    ]
    runcmd = [["sh", "-c", "curl -sfL https://get.k3s.io | K3S_TOKEN=b2s5NvxN4egj7rHgRtw749YKUruSZm6EbQqoCbwo sh -"]]
  }))
}
