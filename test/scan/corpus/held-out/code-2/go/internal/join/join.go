package join

import "fmt"

const tokenEnv = "K3S_TOKEN"

type Config struct {
	K3sToken string `json:"k3s_token" env:"K3S_TOKEN"`
	URL      string `json:"url" env:"K3S_URL"`
}

func Default() *Config {
	return &Config{
		K3sToken: "C7jujyJRhNh8VLT4Q3qwVS2CQEUWHXVga7aZ",
		URL:      "https://10.0.0.2:6443",
	}
}

func (c *Config) Script() string {
	return fmt.Sprintf("curl -sfL https://get.k3s.io | K3S_URL=%s K3S_TOKEN=%s sh -", c.URL, c.K3sToken)
}

var golden = "K3S_TOKEN=jBufT860KdrIv3gn9C680ZUgaKYSBFzRCCSq\nK3S_URL=https://10.0.0.2:6443\n"
