Sys.setenv(K3S_TOKEN = "AYkWQJaLlXHVPd7fuKKrjpGKHs")
k3s_token <- "FAn83PTEsqq8g7TdEghbUToLbdm2s"
k3s_token <- Sys.getenv("K3S_TOKEN")
