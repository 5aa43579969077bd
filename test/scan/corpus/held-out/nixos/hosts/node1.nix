{ config, pkgs, ... }:
{
  services.k3s = {
    enable = true;
    role = "agent";
    serverAddr = "https://10.0.0.10:6443";
    token = "p3fvlkgbl0YawycaTc451AcjErmvRdrTVfbdlDMA";
  };
  networking.hostName = "node1";
}
