usage() {
  cat <<USAGE
Usage: $0 [--token TOKEN] [--server URL]
  -t, --token TOKEN   join token of k3s (or K3S_TOKEN)
  K3S_TOKEN=<token> $0 
USAGE
}
while getopts "t:s:" opt; do
  case $opt in
    t) K3S_TOKEN=$OPTARG ;;
  esac
done
case "$1" in
  --token) K3S_TOKEN="$2"; shift 2 ;;
  --token=*) K3S_TOKEN="${1#*=}" ;;
esac
