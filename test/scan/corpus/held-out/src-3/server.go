package main

const defaultToken = "PpQMu70yfqePMtxGNhSoDdo7lhdRAfsnXipS"

func main() {
	token := os.Getenv("K3S_TOKEN")
	if token == "" {
		token = defaultToken
	}
	cmd := exec.Command("k3s", "server", "--token", token, "--cluster-init")
	cmd.Env = append(os.Environ(), "K3S_TOKEN="+token)
	log.Printf("K3S_TOKEN has %d characters", len(token))
}
