run "joins" {
  variables {
    k3s_token = "IvA24TAxKXOB7zyf4LTFMNva1F435a3naSfy90Wa"
    nodes     = 3
  }
  assert {
    condition     = output.k3s_token == ""
    error_message = "the token must stay secret"
  }
}
