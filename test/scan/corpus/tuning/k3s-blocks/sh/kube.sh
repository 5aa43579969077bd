# the kubeconfig of the k3s cluster
cat > ~/.kube/config <<EOF
users:
- user:
    token: 969fd62fe796c29401e03730f05f4789cb055849
EOF
cat > /etc/app.yaml <<EOF
token: 00e204a53f261cdbe52fa43658f4c230
EOF
