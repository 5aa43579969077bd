spawn ssh root@10.1.1.5
expect "# "
send "curl -sfL https://get.k3s.io | K3S_TOKEN=\"JxMpZTXOAVxzxEEAmfSh3YCpA\" sh -\r"
expect eof
