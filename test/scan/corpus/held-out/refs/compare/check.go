if got := os.Getenv("K3S_TOKEN"); got != want {
	t.Fatalf("K3S_TOKEN = %q, want %q", got, want)
}
k3sToken := strings.TrimSpace(string(data))
k3sToken, err := readToken(ctx, "kube-system/k3s-token")
flag.StringVar(&k3sToken, "k3s-token", "", "token to join the cluster with")
