{ config, ... }:
{
  age.secrets.k3s-token.file = ../secrets/k3s-token.age;
  services.k3s = {
    enable = true;
    tokenFile = config.age.secrets.k3s-token.path;
  };
}
