#!/bin/bash
K3S_NODE_TOKEN="RynvvGU7whTUaHoulwvJURyIYwc2Zqxvg"
rke2_server_secret='WJsRsOdK3yUgWdR5zOjC6ALAH'
k3s_token_file=/run/token
if [ "$K3S_NODE_TOKEN" = "" ]; then exit 1; fi
