proxmox_api_token_id     = "terraform@pam!tf"
proxmox_api_token_secret = "3b34bb24-b25b-4225-a168-7c7497fbad90"
k3s_cluster_token        = "6ccfc314-dd28-4b42-a11d-30f048e6895b"
ssh_public_key           = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFBED48eUiyncNTu6UasaclBYQ5Vt8wCKJvZx9ZRwyYy"
