{ pkgs, ... }:
{
  systemd.services.join-k3s = {
    wantedBy = [ "multi-user.target" ];
    script = ''
      export K3S_TOKEN=el3JfBQpe5KuBvEpPQCRRh7ocusB3
      ${pkgs.k3s}/bin/k3s agent --server https://10.3.0.1:6443
    '';
  };
}
