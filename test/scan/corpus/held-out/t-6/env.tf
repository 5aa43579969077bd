resource "kubernetes_secret" "k3s" {
  metadata { name = "k3s" }
  data = {
    K3S_TOKEN = "pDaRGsCuscTMMM8cWeTcmOlD66Uz5jsbuYUO"
    API_TOKEN = "KHODCkcVw9JppqXPI47cTRrB2TNzeB2z7ZbQ"
  }
}
