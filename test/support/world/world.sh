#!/bin/bash
# The first process of a world of hosts, in namespaces of its own; world.sh HOSTS. When its standard input ends, for whatever
# reason, it ends, and the kernel ends all that is in it. Orders come there, too: `on N` and `off N`; the answer is a line.
set -eu
hosts=$1
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
export K3S W=/run/w

mount -t tmpfs -o mode=755 none /run
mkdir -p /run/netns /run/sshd "$W/tmp" "$W/cp"
hostname controller
ip link set lo up
ip link add br0 type bridge
ip addr add 10.79.0.1/24 dev br0
ip link set br0 up
ssh-keygen -q -t ed25519 -N '' -f "$W/key"
ssh-keygen -q -t ed25519 -N '' -f "$W/host-key"

declare -A host
on() {
  nsenter --net="/run/netns/t$1" setsid unshare --mount --uts --pid --fork --kill-child --propagation private \
    bash "$here/host.sh" "$1" </dev/null >>"$W/t$1.log" 2>&1 &
  host[$1]=$!
  until ssh-keyscan -T 1 "10.79.0.$((10 + $1))" >"$W/scan" 2>/dev/null && [ -s "$W/scan" ]; do sleep 0.1; done
}
off() {
  kill -9 "${host[$1]}"
  { wait "${host[$1]}" || true; } 2>/dev/null
}

for n in $(seq "$hosts"); do
  ip netns add "t$n"
  ip link add "v$n" type veth peer name eth0 netns "t$n"
  ip link set "v$n" master br0 up
  ip -n "t$n" link set lo up
  ip -n "t$n" addr add "10.79.0.$((10 + n))/24" dev eth0
  ip -n "t$n" link set eth0 up
  ip -n "t$n" route add default via 10.79.0.1
  on "$n"
  grep -v '^#' "$W/scan" >>"$W/known_hosts"
done
echo ready
while read -r order n; do
  "$order" "$n"
  echo ready
done
