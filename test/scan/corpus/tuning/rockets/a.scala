val m = Map("K3S_TOKEN" -> token, "rke2_token" -> t)
val n = Map("K3S_TOKEN" -> "LnEpf2IiEPpABNYmf119xkwCaxHW")
