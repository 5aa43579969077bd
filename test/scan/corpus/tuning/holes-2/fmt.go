package lab

import "fmt"

func env(token string) []string {
	return []string{
		"K3S_TOKEN=" + token,
		fmt.Sprintf("RKE2_TOKEN=%q", token),
		fmt.Sprintf("k3s agent --token=%v", token),
	}
}
