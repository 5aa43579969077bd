func TestServer(t *testing.T) {
	req := testcontainers.ContainerRequest{
		Image: "rancher/k3s:v1.29.1-k3s2",
		Env:   map[string]string{"K3S_TOKEN": "rFUpbQ6w3iGc525bWQAU", "K3S_KUBECONFIG_MODE": "644"},
		Cmd:   []string{"server", "--disable=traefik"},
	}
	_ = req
	assert.NotEmpty(t, os.Getenv("K3S_TOKEN"), "K3S_TOKEN must be set")
}
