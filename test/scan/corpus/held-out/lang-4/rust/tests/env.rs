#[test]
fn env() {
    temp_env::with_vars([("K3S_TOKEN", Some("i52nPNMWoF4G3X2zmAbWIX9iwf2E7xAJD2Wq")), ("K3S_URL", None)], || {
        assert_eq!(token().unwrap(), "i52nPNMWoF4G3X2zmAbWIX9iwf2E7xAJD2Wq".to_owned());
    });
    unsafe { std::env::set_var("RKE2_TOKEN", "FnN4AhGNQdeoXcvTp3fYpSzqhh0s2CbSNZUm") };
    unsafe { std::env::remove_var("RKE2_TOKEN") };
}
