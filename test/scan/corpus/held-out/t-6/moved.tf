moved {
  from = random_password.k3s_token
  to   = module.k3s.random_password.token
}
