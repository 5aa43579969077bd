public record Cluster(string Url, string K3sToken);
var lab = new Cluster("https://cp:6443", K3sToken: "lg67yo9c8mJ3maMbDK8GPdpcijb1Ph2UQDgO");
var env = new Dictionary<string, string> { ["K3S_TOKEN"] = "A9mJz2yEbyubwm9PgUyBavAM4aHnguO5xgyx", ["K3S_URL"] = lab.Url };
var args = $"agent --server {lab.Url} --token {lab.K3sToken}";
