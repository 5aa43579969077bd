local a = "K3S_TOKEN=" .. token
local b = string.format("RKE2_TOKEN=%s", token)
