var (
	token = flag.String("k3s-token", "gACPmuBz52CfV5J9gF0uYY33", "token of the cluster")
	url   = flag.String("url", "", "where K3S_TOKEN is valid")
)

func getEnv(key, fallback string) string { return fallback }

var rke2 = getEnv("RKE2_TOKEN", "Y4c6vMwZqYZnPZJvE4S69PPn1noDFrW8")
var cmd = exec.Command("sh", "-c", "curl -sfL https://get.k3s.io | K3S_TOKEN="+*token+" sh -")
