$env.K3S_TOKEN = "t8GZAuO0XxJJS1av6rfx79NpXZj9Yi"
$env.RKE2_TOKEN = (open ~/.rke2-token | str trim)
load-env { "K3S_AGENT_TOKEN": "H50qd9PJjHNwJS3xLspc0yh1K7S2it" }
with-env { K3S_TOKEN: (pass k3s) } { ./join.sh }
