set -gx K3S_TOKEN "mwUlPb17jO58dJzoYfjQlcjFJwms9O"
set -x RKE2_TOKEN (pass rke2/token)
set -q K3S_TOKEN; or set -gx K3S_TOKEN TAIAK3bb1LNchlhwBQ2GPoqd43iA3Y
abbr join "k3s agent --server https://cp:6443 --token $K3S_TOKEN"
