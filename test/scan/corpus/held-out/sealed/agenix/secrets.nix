let
  me = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIyMl4KStji0doaKMEdUfzl7DMbzPa7vzQGUlUrATVy99";
in {
  "k3s-token.age".publicKeys = [ me ];
  "rke2-token.age".publicKeys = [ me ];
}
