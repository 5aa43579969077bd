{
  system.activationScripts.k3s.text = ''
    mkdir -p /etc/default
    echo "K3S_TOKEN=r24mNhBINUKqrvoWXT3ljsqq6e" > /etc/default/k3s
  '';
  environment.etc."rancher/k3s/config.yaml".text = ''
    server: https://cp:6443
    token: czsOHmWhFCwQP0eqs88Od2uyAzG0ASVoF
  '';
}
