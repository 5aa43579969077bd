{ config, pkgs, ... }:
{
  networking.hostName = "agent1";
  services.k3s = {
    enable = true;
    role = "agent";
    token = "K103fa20a48898d48187cc79a5d3a2efdaef0152a02a8c4a271297067215c30e67c::server:2bbb3517323816a4c46e796cbb5e83ed";
    serverAddr = "https://10.0.0.1:6443";
  };
}
