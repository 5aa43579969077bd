a = "K3S_TOKEN=#{token}"
b = "RKE2_TOKEN=" <> token
