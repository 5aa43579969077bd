resource "ssh_resource" "join" {
  host     = "10.0.0.4"
  commands = ["K3S_TOKEN=\"H1itFU1412N6XxEYumS0Pyht\" K3S_URL=https://cp:6443 sh /tmp/install.sh"]
  timeout  = "5m"
}
