./run-remote.sh cp1 "K3S_TOKEN=\"p9bpd9bM61rj0K4rSz2JTbKYUEzt2D\" sh -"
./run-remote.sh cp2 "$(printf 'K3S_TOKEN=%q sh -' "$TOKEN")"
