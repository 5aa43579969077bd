{ lib, config, ... }:
let
  rke2Token = "kL6hXdrHJA9uvfybpchwHO36rNTa9gdMIYH8poH5DRChcSPG";
  cfg = config.lab;
in {
  options.lab.token = lib.mkOption { type = lib.types.str; description = "token of rke2"; };
  config.services.rke2 = {
    enable = true;
    tokenFile = builtins.toFile "token" rke2Token;
  };
}
