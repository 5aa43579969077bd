locals {
  k3s_token_ciphertext = "AQICAHhioJiGtnh0WVNy71MNTpE8WCJbpphshu0zJkhaeDgUNS1z1eNoB8P0sh6OSdW"
}
data "aws_kms_secrets" "k3s" {
  secret {
    name    = "k3s_token"
    payload = "AQICAHgZdhNDCRA9hsEWoGnhuIjnpdewCLKRSAWNKJlmoSt9HMNbDzL4dw028hSM42lbnlbEi36iSSkuM4fR4E9"
  }
}
