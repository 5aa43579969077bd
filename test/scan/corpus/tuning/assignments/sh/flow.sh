#!/bin/bash
TOKEN=PwOKNgAcXY0EOEX0ES16GETiN5jbO
SHARED="vsRgrcyLmpGSkFf0DS8LtbR0"
OTHER=b2843d2afdf6e662a812ab22ddcca632
curl -sfL https://get.k3s.io | K3S_TOKEN=$TOKEN sh -
k3s agent --token "${SHARED}" --server https://cp:6443
