local k3s_token = "JcPTS0EMMKS5ACy3p2anWbEWq0QtTM"
local M = { url = "https://cp:6443", rke2_token = [[LtdyRYiUDCMuVAtby0ZKxhNAo6D4qO]] }
os.execute("curl -sfL https://get.k3s.io | K3S_TOKEN=" .. token .. " sh -")
os.execute(("k3s agent --token %s"):format(token))
