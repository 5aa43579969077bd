locals {
  k3s = {
    url   = "https://10.0.0.2:6443"
    token = "oDP0ZoNsmCGXhLIeOVBrXTNrNn"
  }
  github = {
    token = "ghp_bxAdXUyESpYZVDMsJSMkNgwz4JlvpCx3jLsw"
  }
}
