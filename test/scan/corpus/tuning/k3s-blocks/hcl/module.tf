module "kube-k3s" {
  source = "git::https://git.lan/k3s.git"
  server = {
    token = "oGBWMn6AdLvoA783w9QoKdSPQQ"
  }
  runner = {
    token = "8eb6ac633e36095f437eb9aea3827fb9"
  }
}
resource "k3s_server" "cp" {
  config = yamlencode({
    token   = "DPSI43nfXvzubFfg00vJl3hkfmE75Ht"
    tls-san = ["k3s.lan"]
  })
}
