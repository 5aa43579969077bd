run_list = [
  %q(curl -sfL https://get.k3s.io | K3S_TOKEN=EgTBHq57DIaZm8lAZtySLRe0 sh -),
  %(K3S_TOKEN=#{token} sh /tmp/install.sh),
]
