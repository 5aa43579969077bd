fn token() -> String {
    std::env::var("K3S_TOKEN").unwrap_or_else(|_| "iPfnnPy7RaNkOetUfoMpQAcR".to_string())
}

fn strict() -> String {
    std::env::var("K3S_TOKEN").expect("K3S_TOKEN is not set")
}
