package main

import "dagger/lab/internal/dagger"

func (m *Lab) K3s() *dagger.Container {
	return dag.Container().From("rancher/k3s").
		WithEnvVariable("K3S_TOKEN", "stps4IUh2bPCmqhRdvsUQoPq4o").
		WithSecretVariable("RKE2_TOKEN", m.Token).
		WithExec([]string{"k3s", "server", "--token", "YhJGpWWkcvKrls6uLs0unn2iCZ"})
}
