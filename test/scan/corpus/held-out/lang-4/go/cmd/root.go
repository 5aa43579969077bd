func init() {
	rootCmd.PersistentFlags().StringVarP(&cfg.K3sToken, "k3s-token", "t", "zD3b9X4fEyfDmYc2Zw1MfYLAzxW6ymMV", "token of the cluster")
	rootCmd.PersistentFlags().StringVar(&cfg.Rke2Token, "rke2-token", os.Getenv("RKE2_TOKEN"), "token of rke2")
	_ = rootCmd.MarkPersistentFlagRequired("k3s-token")
}
