fn env(token: &str) -> String {
    let a = format!("K3S_TOKEN={}", token);
    let b = format!("RKE2_TOKEN={token:?}");
    let c = String::from("K3S_TOKEN=") + token;
    [a, b, c].join(" ")
}
