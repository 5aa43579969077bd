param(
    [string]$K3sToken = 'ExdHsBzCBNDheoABLtBwGpc30S5',
    [string]$Url = 'https://cp:6443'
)
$env:K3S_TOKEN = "oySoynCgk8gfOTY86iBSWw8RXIxDmS6PO"
$env:K3S_AGENT_TOKEN = $K3sToken
[Environment]::SetEnvironmentVariable('RKE2_TOKEN', 'ljugvhFftmAr3OMVnA3OBjBl', 'Machine')
[Environment]::SetEnvironmentVariable('RKE2_AGENT_TOKEN', $null, 'Machine')
