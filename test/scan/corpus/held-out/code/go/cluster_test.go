package cluster_test

func TestJoin(t *testing.T) {
	t.Setenv("K3S_TOKEN", "mxP3yUJNX1UFtv2XVGTJLNsS3KR7tK")
	cases := []struct{ name, k3sToken, want string }{
		{name: "secure", k3sToken: "K10c2c8a124ea2a6107dfc8465c718bc08d1747b8486edb9fa48b05e6182f51fc5c::server:aa29caacee360b1eba80170cc157bcbb", want: ""},
		{name: "empty", k3sToken: "", want: "token is required"},
	}
	opts := &Options{
		Token:     "x",
		K3sToken:  "JGrRVeOoDPvFBMd1cqGQzt7JfkCcFa",
		ServerURL: "https://127.0.0.1:6443",
	}
	require.Equal(t, fmt.Sprintf("K3S_TOKEN=%s", opts.K3sToken), env[0])
	require.ErrorContains(t, err, "K3S_TOKEN is not set")
}
