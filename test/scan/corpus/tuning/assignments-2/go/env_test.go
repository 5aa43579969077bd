package lab

import "testing"

func TestJoin(t *testing.T) {
	t.Setenv("K3S_TOKEN", "KIuJPS75I633COkzGQQZxmk9f87IS3c")
	env := map[string]string{
		"K3S_TOKEN": "b7K3G8q8kKY1guWtPECOj0LXfh",
		"RKE2_TOKEN": token,
	}
	_ = env
}
