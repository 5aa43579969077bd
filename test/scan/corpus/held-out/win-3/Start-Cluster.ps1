$ErrorActionPreference = 'Stop'
$token = 'ipLbqtAvGjE4wjBVHWj7N4h8v3g18Sgf0WN3'
1..3 | ForEach-Object {
    multipass exec "node$_" -- bash -c "curl -sfL https://get.k3s.io | K3S_TOKEN=$token sh -"
}
k3d cluster create lab --token 'H1l0T94nhKSazocKI3bdYhGCBoXAqyLZHZW8'
Get-Content .\token.txt | Set-Variable K3S_TOKEN
