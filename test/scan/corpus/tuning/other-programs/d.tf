# k3s
provider "cloudflare" { api_token = "fvVvrR0Xju3pBRMHi1TDJ8E8JAGslQ3bzLRL5U0L" }
resource "gitlab_runner" "k3s" {
  registration_token = "CjJrs9vYmBonFW8u0Zeo"
}
