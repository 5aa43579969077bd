{ config, lib, ... }:
{
  services.k3s = {
    enable = true;
    role = "server";
    clusterInit = true;
    token = "AzP86XUptuIGR6cx9qP18WdPY06";
    extraFlags = [ "--disable=traefik" ];
  };
  services.gitea.settings.token = "3ea241b06d06c346b05e3f0adcdcb8b9";
}
