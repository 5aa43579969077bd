var a = $"K3S_TOKEN={token}";
var b = string.Format("RKE2_TOKEN={0}", token);
var c = "K3S_TOKEN=" + token;
