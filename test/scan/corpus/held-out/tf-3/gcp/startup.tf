resource "google_compute_instance" "n" {
  metadata = {
    startup-script = "curl -sfL https://get.k3s.io | K3S_TOKEN=${var.k3s_token} K3S_URL=${var.url} sh -"
    k3s-token      = "nWgasvx0oj3CTFJqwAajkjxDxOhEzbPPU4WRE1Os"
  }
  service_account { scopes = ["cloud-platform"] }
}
