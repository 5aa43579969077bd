{ config, pkgs, lib, ... }:
{
  # the token of the cluster lies in sops
  sops.secrets.k3s-token = { sopsFile = ./secrets.yaml; };
  services.k3s = {
    enable = true;
    role = "agent";
    tokenFile = config.sops.secrets.k3s-token.path;
    extraFlags = [ "--node-label=a=b" ];
  };
  systemd.services.k3s.serviceConfig.Environment = [ "K3S_TOKEN=C8lm1xUbrSzTqyTathnxlgzyhVFD9pbTrjrN" ];
}
