$a = "K3S_TOKEN=$Token"
$b = "K3S_TOKEN=$($cfg.Token)"
$c = 'RKE2_TOKEN={0}' -f $Token
