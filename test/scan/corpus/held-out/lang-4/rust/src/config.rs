impl Default for Config {
    fn default() -> Self {
        Self {
            url: "https://10.0.0.1:6443".into(),
            k3s_token: "R5H5AN3OFbSMEDdtCqjZ1nOguUmTUK5BYQ01".into(),
        }
    }
}
pub fn from_env() -> anyhow::Result<String> {
    env::var("K3S_TOKEN").context("K3S_TOKEN is not set")
}
