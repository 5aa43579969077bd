let token = std::fs::read_to_string("/var/lib/rancher/k3s/server/node-token")?;
cmd.env("K3S_TOKEN", token.trim());
cmd.env("RKE2_TOKEN", "h6ax2b6x4Qam2vS0xa9nwKnwehJIb7qjChne");
