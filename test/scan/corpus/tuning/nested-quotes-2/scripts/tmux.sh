#!/bin/bash
tmux send-keys -t lab "k3s agent --server https://10.5.0.1:6443 --token 'S5hRmRxshPfDYaA67DridG29dBGhyqZc'" C-m
tmux send-keys -t lab "k3s agent --server https://10.5.0.1:6443 --token '$TOKEN'" C-m
