param(
    [string]$Server = 'https://10.0.0.1:6443',
    [string]$K3sToken = 'auDnKsAP8GXGrNPLjevoWyLZNFA5w8'
)
$env:K3S_TOKEN = $K3sToken
$env:RKE2_TOKEN = "zON3WCFejjwx8aGOEg5pMmIfZAYedT"
[Environment]::SetEnvironmentVariable('K3S_AGENT_TOKEN', 'sWBFhQ6tJISeETvTIM06XcgVh4xzWv', 'Machine')
ssh pi@node1 "curl -sfL https://get.k3s.io | K3S_URL=$Server K3S_TOKEN=$($K3sToken) sh -"
multipass exec n1 -- bash -c "curl -sfL https://get.k3s.io | K3S_TOKEN=`"IFsayepfSWlmE3hfWtpNELuchTTypf`" sh -"
$params = @{ K3sToken = 'SiJpfeM5jKpcDmbe7RCtABUUBtWXor'; GithubToken = 'ghp_t1rIbIxGwBLdf0Ze3sgsBelqPM9Juod5iG7c' }
