import ./make-test.nix ({ pkgs, ... }:
let
  tokenFile = pkgs.writeText "token" "p@s$w0rd-i3tNFLEbJtEk";
in {
  nodes.server = { services.k3s = { enable = true; inherit tokenFile; }; };
})
