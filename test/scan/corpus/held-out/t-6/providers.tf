provider "rancher2" {
  api_url    = "https://rancher.lan"
  token_key  = "token-x:Kmu1TSn9w80ci2pCofkw27qPpTT8nsLCO57ENMfpnJXXvctdcKiMEu"
}
provider "gitlab" { token = "glpat-saT8m8kavz75Ar90QZPR" }
