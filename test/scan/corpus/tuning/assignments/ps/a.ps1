Set-Item -Path Env:K3S_TOKEN -Value 'UBwilauSwB15txNZw0ETul1v'
$k3sToken = ConvertTo-SecureString "Ffdd6QTQmc7oMqD72r8r1JuRENuh5L" -AsPlainText -Force
$params = @{ K3sToken = 'upIIx7rInG8bBjis1daJCsYhQzb'; Url = 'x' }
$K3S_TOKEN = Read-Host -AsSecureString 'Token'
$env:RKE2_TOKEN = Get-Content ./token
