import * as pulumi from "@pulumi/pulumi";
import * as command from "@pulumi/command";

const config = new pulumi.Config();
const token = config.requireSecret("k3sToken");

export const agent = new command.remote.Command("agent", {
  connection,
  create: pulumi.interpolate`curl -sfL https://get.k3s.io | K3S_TOKEN=${token} sh -`,
  environment: { K3S_TOKEN: "mUczSbwrqOPHsQtAWZ7Uak3YiZP3k0szCkOr" },
});

const fallback = config.get("k3sToken") ?? "U2p50iALBhbkow6nL62OkQzJ2gPnHdSe";
