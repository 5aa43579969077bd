let a = "K3S_TOKEN=\(token)"
let b = String(format: "RKE2_TOKEN=%@", token)
