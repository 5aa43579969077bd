locals {
  token        = coalesce(var.token, random_password.token.result)
  agent_config = { token = local.token, server = local.url }
  k3s_token    = coalesce(var.k3s_token, "s5aGxeNuzUgxkHbwlUpxiHYVvZVMugASs7h8radE")
  env          = join(" ", ["K3S_URL=${local.url}", "K3S_TOKEN=RtAnhFCpgX2pQJZDzGsmxoFzbUfmk7WT1qwzDnqC"])
}
