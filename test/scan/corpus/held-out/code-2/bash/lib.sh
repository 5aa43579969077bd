declare -r K3S_TOKEN='mEJCXfu75rbCb9eBF4bIE91bvFl3CozSs6v4'
readonly RKE2_TOKEN=ztFSjZ57ZIRBFOlfoFpo10hz02u0uQQjnvgE
local token="${1:?token}"
declare -A TOKENS=([k3s]='nBmdacGaqQUGNRczRxkFdoE15sKxr5rluaHs' [github]='ghp_U8jhW4e1HUYiANCnVbajZJyZ6Rv8w3pFygAZ')
[ -n "${K3S_TOKEN:-}" ] || die "K3S_TOKEN is empty"
k3s_token=$(</var/lib/rancher/k3s/server/token)
printf 'K3S_TOKEN=%s\n' "$K3S_TOKEN" > /etc/default/k3s
printf -v K3S_TOKEN '%s' "$(pass k3s)"
K3S_TOKEN+=""
