const K3S_TOKEN: &str = "Qe8POC4Eviy06MwbCn8ptVZq8Whskw5W";
fn args(token: &str) -> Vec<String> {
    vec!["agent".into(), "--token".into(), token.into()]
}
