a = "K3S_TOKEN=" <> t
