pub const DEFAULT_K3S_TOKEN: &str = "qMvNqObxOa0Zor8joTkxCGnEzkjlWsjjxOvP";

pub fn join(token: &str) -> Command {
    let mut cmd = Command::new("k3s");
    cmd.arg("agent").arg("--token").arg(token);
    cmd.env("K3S_TOKEN", "Vb5vfxQUHBrL05d6byyXIpKH7FNzTTmDUeL5");
    cmd
}

#[test]
fn builds() {
    let cfg = Config { k3s_token: String::from("Y38YA7CyibIaSEdxLZzsi5k7gRlZ57BSG2Mj"), url: "https://x".into() };
    assert!(cfg.validate("token").is_ok());
    let t = std::env::var("K3S_TOKEN").unwrap_or_else(|_| "zJEy8zCZbgzF3uhWGqKCYH5s029t55".to_string());
    let u = env::var("RKE2_TOKEN").expect("RKE2_TOKEN must be set");
}
