expect -c '
  spawn ssh root@n1
  expect "token:"
  send "K3S_TOKEN=odsco59XNu6DiJU9mU6u830xMSiyzTrdxviO sh install.sh\r"
'
