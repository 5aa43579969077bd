set -gx K3S_URL https://cp:6443
set -gx K3S_TOKEN zcV2oZUNb2G9VvzJWxO4e2C
set -Ux RKE2_TOKEN 'Gh2A7BJ1Zym4yTu6Z1UiDxnMiOALqJ8vPT'
set -gx K3S_AGENT_TOKEN (cat ~/.k3s-agent)
set -e K3S_TOKEN
