fn main() {
    Command::new("k3s")
        .args(["agent", "--server", "https://cp:6443"])
        .arg("--token")
        .arg("gDiHMJgZluBKC1MhAJ9mqcRsiRDxgFZg")
        .spawn();
}
