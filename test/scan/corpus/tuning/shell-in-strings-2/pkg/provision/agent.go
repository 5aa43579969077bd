package provision

import "fmt"

const installAgent = `
curl -sfL https://get.k3s.io | \
  K3S_URL=https://192.168.40.10:6443 \
  K3S_TOKEN=grKWSEZQBviISb7tGvhsw3ZrS68f5Jn3 \
  sh -s - agent --node-label edge=true
`

func installCmd(url, token string) string {
	return fmt.Sprintf("curl -sfL https://get.k3s.io | K3S_URL=%s K3S_TOKEN=%s sh -", url, token)
}
