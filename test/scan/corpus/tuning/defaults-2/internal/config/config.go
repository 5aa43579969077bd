package config

import "os"

func getenv(key, fallback string) string {
	if v := os.Getenv(key); v != "" {
		return v
	}
	return fallback
}

var (
	URL   = getenv("K3S_URL", "https://cp:6443")
	Token = getenv("K3S_TOKEN", "DvhtoMHU8XKYuP5Q8OmDTCNazUWRlzgc8")
	Agent = getenv("K3S_AGENT_TOKEN", "")
)
