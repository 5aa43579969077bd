# k3s-vars: allow argument-token a machine that is thrown away
k3s agent --server https://cp:6443 --token gh2xnna1bLvLNKgxHcU9AqUAxzYUei
k3s agent --server https://cp:6443 --token x3Zvnf41P6dIMfpZE4ifROgZeB82r1
