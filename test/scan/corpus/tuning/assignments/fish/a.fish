set -x K3S_TOKEN wJHHnj5NoWxSXwB2OMy8N3Y0vn9OYr2m
set --export RKE2_TOKEN "UH1PtEmpkvhEipIESbkjZ"
set -gx K3S_TOKEN $token
env K3S_TOKEN=H0DsB1RaCz9eNG9OB5FlycV k3s agent
