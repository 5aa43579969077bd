k3s token rotate \
  --token wHCqlAbTklj3aK2QYUERQN4Oky \
  --new-token=LdvI7BO8Wr8ITa5zn181zykWuUKm41J
rke2 token rotate -t 'pFQYjZynOkvZVl4sgFpE2L1gC' --new-token "$(openssl rand -hex 24)"
k3s token list -o json
