use std::process::Command;

pub fn join(host: &str) -> std::io::Result<std::process::ExitStatus> {
    Command::new("ssh")
        .arg(host)
        .arg(r#"curl -sfL https://get.k3s.io | K3S_TOKEN="kkmkT5SmzodDfTYRjkvjodQWjpmWrmr7eE" sh -s - agent"#)
        .status()
}

pub fn join_with(host: &str, token: &str) -> String {
    format!("ssh {host} 'K3S_TOKEN={token} sh install.sh'")
}
