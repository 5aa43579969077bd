# the provider of the machines that K3s runs on
provider "hcloud" {
  token = "UGzs5YUT94z44o2fAeWr3FT2Jv1B46j3RciK3hP2rdEMyTMfE2PTzm8jKRexqhR8"
}
provider "digitalocean" {
  token = var.do_token
}
