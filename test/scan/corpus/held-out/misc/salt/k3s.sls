k3s:
  token: {{ salt['pillar.get']('k3s:token') }}
  agent_token: {{ pillar.get('k3s_agent_token', 'jfTwdvdn0dhSwjGmYN34R14DXt2Iwc') }}
join:
  cmd.run:
    - name: curl -sfL https://get.k3s.io | sh -
    - env:
      - K3S_TOKEN: RkBAJu2GVlEkEMmunTZYFkLRFSTpfg
