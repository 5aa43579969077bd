clusters = {
  north = {
    url       = "https://north:6443"
    k3s_token = "XJdCRTexSl6yrSCNyPkG7dujzTXRxbnxfpLXI4qA"
  }
  south = {
    url       = "https://south:6443"
    k3s_token = null
  }
}
rke2_config = {
  "token"   = "BMY5Egkc1vyphlKyDWWM7NBhsJmRZ0RtYtbl55JB"
  "tls-san" = ["rke2.lan"]
}
