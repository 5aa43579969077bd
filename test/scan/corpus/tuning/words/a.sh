echo "usage: $0 --token TOKEN"; echo "k3s agent --token <token>"
echo "K3S_TOKEN=Token"
log "K3S_TOKEN: $K3S_TOKEN"
die "K3S_TOKEN: please set it"
read -p "K3S_TOKEN=" K3S_TOKEN
echo "Please set K3S_TOKEN=your token"
cat <<USAGE
  --token TOKEN      the token of the k3s cluster
  --token=TOKEN      the same
  K3S_TOKEN=TOKEN    the same
USAGE
