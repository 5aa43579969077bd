#!/bin/sh
# K3S_TOKEN=secret123 ./join.sh cp1
# k3s agent --token mynodetoken
exec ./join.sh "$@"
