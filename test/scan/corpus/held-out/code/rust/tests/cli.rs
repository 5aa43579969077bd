#[test]
fn accepts_token() {
    Command::cargo_bin("k3sctl").unwrap()
        .args(["agent", "--token", "naq3ztV2zdjZNk2eqmWqUJlhMawy", "--server", "https://127.0.0.1:6443"])
        .assert()
        .success();
    let out = format!("K3S_TOKEN={}", token);
    let url = format!("K3S_TOKEN={token} sh -");
}
