let
  token = "Boi3EMacUpaRBS4GMXZUX8VVYjcgBViC8rrO";
in
{
  network.description = "k3s";
  n1 = { ... }: { services.k3s = { enable = true; inherit token; role = "server"; }; };
  n2 = { ... }: { services.k3s = { enable = true; token = token; serverAddr = "https://n1:6443"; }; };
}
