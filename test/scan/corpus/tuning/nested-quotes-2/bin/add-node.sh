#!/usr/bin/env bash
set -euo pipefail
node="$1"
ssh "root@${node}" "curl -sfL https://get.k3s.io | K3S_URL=https://cp1:6443 K3S_TOKEN=\"V4rt5sBysJuMEKrf6OSEODbH\" sh -"
ssh "root@${node}" "curl -sfL https://get.k3s.io | K3S_URL=https://cp1:6443 K3S_TOKEN=\"$K3S_TOKEN\" sh -"
