{ config, ... }:
{
  services.k3s.enable = true;
  services.k3s.tokenFile = config.sops.secrets.k3s_token.path;
  services.k3s.token = config.age.secrets.k3s.path;
  services.k3s.extraFlags = toString [ "--token=aJQPjESOnlFkkgLEJc3Vs97t" "--disable=traefik" ];
  services.gitlab-runner.token = "glrt-wDRODExjD17oFafNeT8A";
}
