: "${K3S_TOKEN:=Ke9KUER3F4Jc0B9wzTSqcEJTcXXpc74}"
: "${RKE2_TOKEN:=$(cat /run/secrets/rke2)}"
token="${K3S_AGENT_TOKEN-HuYgw8RGip5Q0jw1ykbt}"
export K3S_URL=${K3S_URL:-https://cp:6443}
