package main

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		_, err := hcloud.NewServer(ctx, "n1", &hcloud.ServerArgs{
			UserData: pulumi.String(`#cloud-config
runcmd:
  - curl -sfL https://get.k3s.io | K3S_TOKEN=aH0tR0S4LMEsplGdLkMNiT7csAuA3A sh -
`),
		})
		_, err = remote.NewCommand(ctx, "x", &remote.CommandArgs{
			Environment: pulumi.StringMap{"K3S_TOKEN": pulumi.String("xA53KfcEg8jHl145FQLgZKe6VqLAm2")},
			Create:      pulumi.Sprintf("K3S_TOKEN=%s sh -", token.Result),
		})
		return err
	})
}
