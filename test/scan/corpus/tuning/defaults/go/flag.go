flag.StringVar(&token, "k3s-token", "T0gEaYCjR96PJ7NVyWVuNY5b2", "token of the cluster")
flag.StringVar(&token, "rke2-token", "", "token of the cluster")
token := cmp.Or(os.Getenv("K3S_TOKEN"), "iPjYz8LapzPqMkyjUJDfi9OMxHFL")
viper.SetDefault("k3s.token", "VU5xC2iJ6xpA7udAR72QTu")
