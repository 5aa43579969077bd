{ config, ... }: {
  sops.secrets."k3s/token" = { };
  services.k3s.tokenFile = config.sops.secrets."k3s/token".path;
}
