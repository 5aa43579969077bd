{ config, ... }:
{
  sops.secrets."k3s/token" = { sopsFile = ./secrets.yaml; };
  services.k3s.tokenFile = config.sops.secrets."k3s/token".path;
  services.k3s.token = "${cfg.token}";
}
