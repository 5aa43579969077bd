inputs = {
  cluster   = "edge"
  k3s_token = get_env("K3S_TOKEN")
  k3s = {
    version = "v1.30.2+k3s1"
    token   = "DKojJEiPIThFlonYyNYJZkRU1RHwTDJTGXngJNMAeYUJ"
  }
}
