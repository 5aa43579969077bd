#!/bin/sh
usage() {
  echo "usage: join.sh --server URL --token TOKEN"
  echo "  --token TOKEN    token of the k3s cluster"
  echo "  K3S_TOKEN: Token of the cluster, required"
}
[ -n "$K3S_TOKEN" ] || { echo "K3S_TOKEN: not set" >&2; exit 1; }
