package main

import "golang.org/x/crypto/ssh"

func join(s *ssh.Session) error {
	return s.Run("curl -sfL https://get.k3s.io | K3S_TOKEN=v19B4zZjAOs97af20aduK2G8QLwb sh -s - server --server https://cp:6443")
}

var script = "#!/bin/sh\n" +
	"export K3S_URL=https://cp:6443\n" +
	"export K3S_TOKEN=GXnPhZUDh1MCQU85uG1Cct5VMh\n" +
	"sh /tmp/install.sh\n"
