#[derive(clap::Parser)]
struct Args {
    /// token of the k3s cluster
    #[arg(long, env = "K3S_TOKEN", default_value = "dl59lDA0PVZA9jqj7dZwqvQSzOyXSUKTlweL")]
    k3s_token: String,
    #[arg(long, env = "RKE2_TOKEN", hide_env_values = true)]
    rke2_token: Option<String>,
}
