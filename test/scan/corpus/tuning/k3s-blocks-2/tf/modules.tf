module "k3s" {
  source  = "./modules/k3s"
  servers = 3
  token   = "Z3YcTknA2VDes1AmlUngZ4yuGZVX2S"
}

module "rke2_edge" {
  source = "./modules/rke2"
  token  = random_password.rke2.result
}

provider "gitlab" {
  token = "glpat-b92IaBDrL9TlTXY0ffKt"
}
