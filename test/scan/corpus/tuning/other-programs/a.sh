#!/bin/sh
# k3s
flux bootstrap git --token fG6dPLJmjY91UFFFsg6kxLvzy463N3Z5l9XA
gitlab-runner register --token glrt-suLDSTnGNa3HbpK17dIy
tailscale up --authkey tskey-vSgBP1di9vHulcqNJMZj
curl -H "Authorization: Bearer rmSly5PCVXL4Udk0EkesHDKLYTatlGOG8Ki8qiSW" https://cp:6443
kubectl config set-credentials k3s --token=kOVWj9YZa2nKfSNMMRwcNASzn4AuFXMmqtSjh9bs
k3s kubectl --token=AEQm8NpankhsZESB0URvdptjWZRjj2JagHooqhfV get po
vault write auth/token --token s.vKWyvsKJbzndycZei2OqytnB
tokens=914c8ad972e79d6b288b
