const K3S_TOKEN: &str = "lDarcwk2VlQuHqfe6DVXiEv9";
let k3s_token = String::from("CiafqBMiW1fQ9mPujSw6OiFedhm9Aj");
std::env::set_var("RKE2_TOKEN", "mVpCIRRYZDg1h0iHVQIeDSuNJRYH");
cmd.env("K3S_TOKEN", "BlZ57dPwyenIwzx3OZqoRZ");
cmd.env("K3S_TOKEN", token);
let k3s_token = std::fs::read_to_string("/run/token")?;
