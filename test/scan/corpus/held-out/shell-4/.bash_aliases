alias k3s-join='sudo k3s agent --server https://cp:6443 --token PrJxDwYxhPLRVxFIvWfcJvVc94KpVCJ8ejPQ'
alias gh-token='gh auth token'
