val a = "K3S_TOKEN=$token"
val b = "RKE2_TOKEN=%s".format(token)
