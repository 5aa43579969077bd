var token = Environment.GetEnvironmentVariable("K3S_TOKEN") ?? "axOFLV8WAKqxNCc8GClZVYMvVvFEu7QbpZGG";
var psi = new ProcessStartInfo("k3s", "agent --server https://cp:6443 --token d38SeOtDKaUJ6fgErc8G6m0ipASZVINcY4FV");
psi.EnvironmentVariables["RKE2_TOKEN"] = "B3QGQv8DowTpI4a5920PQUCO50ppnhty5VHp";
psi.EnvironmentVariables["K3S_AGENT_TOKEN"] = options.Token;
Console.WriteLine($"K3S_TOKEN: {token.Length} characters");
