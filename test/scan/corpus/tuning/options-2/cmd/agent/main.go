package main

import "os/exec"

func main() {
	_ = exec.Command("/usr/local/bin/k3s", "agent", "-s", "https://cp:6443", "-t", "BrpUADMQMk4yiqA4K7KuNgEensCJ1").Run()
	_ = exec.Command("git", "commit", "-t", "KOl45mpjPWrWcZhxl3yK").Run()
}
