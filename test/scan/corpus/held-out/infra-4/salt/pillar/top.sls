k3s:
  version: v1.30.2+k3s1
  token: QHSTqG1sLjJudacoq4grML9b408p3V9ewqyyms36
  server: https://cp:6443
mine_functions: { network.ip_addrs: [] }
