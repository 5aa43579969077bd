package k3s

var cases = map[string]string{
	"K10fb37464c7f6fb1f039283a3a8a61b8e8a284619e3de0a4281f71cd3af8472a0a::server:7d557fb9dff676c9ba88692082efc7e9": "7d557fb9dff676c9ba88692082efc7e9",
	"": "",
}

func TestEnv(t *testing.T) {
	cmd.Env = append(os.Environ(), "K3S_TOKEN=nrSvcxt2yx9XPZbqenHmGh77SgctJRszzO1n", "K3S_URL=x")
	cmd.Env = append(cmd.Env, "RKE2_TOKEN="+tok)
	assert.Equal(t, "K3S_TOKEN", key)
	viper.SetDefault("k3s.token", "FXsn8ZANWpZv1rvZ2SILzwBGp7LcnmuqcgF5")
	viper.BindEnv("k3s.token", "K3S_TOKEN")
}
