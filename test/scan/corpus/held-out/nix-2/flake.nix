{
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.n1 = nixpkgs.lib.nixosSystem {
      modules = [
        ({ ... }: { services.k3s = { enable = true; role = "server"; token = "lLcAJKd8y15uGEYe47gjw0lo2AatKIHcvn81"; clusterInit = true; }; })
        ({ config, ... }: { services.k3s.tokenFile = config.age.secrets."k3s-token".path; })
      ];
    };
  };
}
