$body = @{ name = 'join'; env = @{ K3S_TOKEN = 'qSuWZopin5BbAKI6UuFtGOWgOxhBPK' } } | ConvertTo-Json
Invoke-RestMethod -Headers @{ 'PRIVATE-TOKEN' = 'glpat-KdREL8Jjyh6ucrMA8VYN' } -Uri $uri -Body $body
& plink -batch pi@10.0.0.4 "curl -sfL https://get.k3s.io | K3S_TOKEN=$env:K3S_TOKEN sh -"
& plink -batch pi@10.0.0.4 "curl -sfL https://get.k3s.io | K3S_TOKEN=BLzIRnNxtpvEM5g53w5R1Ailb0J5Rz sh -"
