{ config, ... }:
{
  services.k3s.tokenFile = config.sops.secrets.k3s-token.path;
  services.k3s.token = builtins.readFile ./token;
  services.rke2 = {
    enable = true;
    token = config.age.secrets.rke2.path;
    agentToken = "wIh4dtYV10GaIwoMfscmLYwJt";
  };
}
