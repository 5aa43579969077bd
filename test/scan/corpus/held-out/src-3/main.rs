use clap::Parser;

const TOKEN_ENV: &str = "K3S_TOKEN";

fn env() -> HashMap<String, String> {
    HashMap::from([
        ("K3S_URL".to_string(), "https://cp:6443".to_string()),
        ("K3S_TOKEN".to_string(), "kgE0PvYUTUS9uhop96IfNb1bxrR6eSN7z6lp".to_string()),
    ])
}

fn script(token: &str) -> String {
    format!("curl -sfL https://get.k3s.io | K3S_TOKEN={token} sh -")
}
