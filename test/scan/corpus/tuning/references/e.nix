{
  services.k3s.token = builtins.readFile config.age.secrets.k3s.path;
  services.k3s.tokenFile = "/run/agenix/k3s-token";
  age.secrets.k3s-token.file = ./k3s-token.age;
}
