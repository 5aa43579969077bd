client.exec_command('curl -sfL https://get.k3s.io | K3S_TOKEN="w0WmsWJC7S6axcbFhAo63bBS9R2" sh -')
client.exec_command("K3S_TOKEN=\"" + token + "\" sh -")
client.exec_command("sudo sh -c \"K3S_TOKEN='g5BiAFL8SUguuChZ5n7xBeG6EpptCEznM' sh install.sh\"")
