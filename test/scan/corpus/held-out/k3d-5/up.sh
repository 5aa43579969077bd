#!/bin/sh
k3d cluster create dev --agents 2 --token "$K3S_TOKEN"
k3d node create extra --cluster https://10.0.0.1:6443 --token mTq4eCAzjZiOGsXeQJyrH9FRqYPCHoin
