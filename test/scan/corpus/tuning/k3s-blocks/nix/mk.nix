{ lib, ... }:
let
  k3sToken = "wEMmHpIU8f7oKOYjcinJDdNcig03iNRjI";
in
{
  services.rke2.token = lib.mkForce "PM8JPDTFAu77Wqiut20gHjRzb";
  services.k3s.token = k3sToken;
  environment.variables.K3S_TOKEN = "dgHpW0QFINAuTXAq5gh0B";
  services.k3s.tokenFile = pkgs.writeText "token" "i3iywrrgXCE2VEx6rnMSmWfpcEVC8";
}
