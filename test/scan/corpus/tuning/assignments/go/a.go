const k3sToken = "EoYWsdtDUZ2R0x7joZrD8A40p"
var RKE2Token string = "sGDcE9u8gLwUuj4uZq0fqIyrCB2hDfgu1"
os.Setenv("K3S_TOKEN", "UBZKUVwfk1MMsZvlka55hR80DER")
cfg := Config{K3sToken: "UfWojy0lggVdq9QmvkFXwNJLvugFpbi", URL: "x"}
cmd.Env = append(os.Environ(), "K3S_TOKEN=FAoX7Hs8SWrWnJ8fkwlS2fZgZu")
cmd.Env = append(os.Environ(), "K3S_TOKEN="+tok)
k3sToken, err := os.ReadFile("/run/token")
