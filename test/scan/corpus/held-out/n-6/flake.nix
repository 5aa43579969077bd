{
  nixosConfigurations.cp = {
    services.k3s = { enable = true; role = "server"; token = "LbrkJm5xc9uT1fBj6fHqu70odkCqomUfqJ3R"; clusterInit = true; };
  };
}
