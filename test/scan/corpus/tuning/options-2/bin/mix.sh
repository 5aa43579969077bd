#!/bin/bash
docker run -t alpine:3.20 true
docker build -t registry.lan/k3s-tools:bf34818f9655 .
ssh -t root@cp1 "k3s kubectl get nodes"
k3s agent -t JdVVRWGlH7c5LLVSbPvCybBfw -s https://cp1:6443
timeout -t 30 k3s check-config
