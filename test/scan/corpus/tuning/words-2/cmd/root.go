package cmd

func init() {
	root.Flags().String("token", "", "k3s token: shared secret of the cluster")
	root.Flags().StringVarP(&k3sToken, "k3s-token", "t", "", "token of the k3s cluster")
	_ = viper.BindEnv("token", "K3S_TOKEN")
	log.Fatal("K3S_TOKEN: required")
}
