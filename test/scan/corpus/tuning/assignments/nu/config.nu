$env.K3S_TOKEN = "pKOGGHb6lOhqMh5aP5L7b6lnYpkZeYHkmv"
$env.RKE2_TOKEN = (open token)
