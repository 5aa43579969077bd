var a = $"K3S_TOKEN={t}";
var b = "K3S_TOKEN=" + t;
var c = $"k3s agent --token {t}";
