const usage = `lab: joins nodes to a k3s cluster

  --token string   join token (K3S_TOKEN)
  --server string  address`

var k3sToken = flag.String("token", os.Getenv("K3S_TOKEN"), "join token")
