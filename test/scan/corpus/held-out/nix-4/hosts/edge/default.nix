{ pkgs, ... }:
{
  imports = [ ./hardware.nix ];
  services.k3s = {
    enable = true;
    role = "agent";
    token = "SxYfWkM2NJzAebDLnumrdydbKg4Yo7Sp4CdbVR1U";
    serverAddr = "https://10.0.0.1:6443";
    extraFlags = "--token-file /run/secrets/k3s";
  };
  services.tailscale.authKeyFile = "/run/secrets/ts";
}
