{Name: "k3s-token", Usage: "token of the cluster", EnvVar: "K3S_TOKEN"},
cmd.Flags().StringVar(&o.K3sToken, "k3s-token", o.K3sToken, "Token")
errors.New("K3S_TOKEN: missing")
