$env:K3S_TOKEN = "gghIEqRs6LVAfwPFYtWkWpB1bQzIfE33"
$env:K3S_URL = "https://10.0.0.1:6443"
wsl -- sh -c "curl -sfL https://get.k3s.io | sh -"
Write-Host "joined with K3S_TOKEN"
