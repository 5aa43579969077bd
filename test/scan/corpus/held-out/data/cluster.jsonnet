local lab = import 'lab.libsonnet';
{
  k3s_token:: std.extVar('k3s_token'),
  agent: {
    env: [
      { name: 'K3S_TOKEN', value: 'DrnLsK89jPMXdX5fFa9hVSCGdmoSMR' },
      { name: 'K3S_URL', value: lab.url },
    ],
  },
  rke2Token: 'dj1SIXH3eyd32w8lwEYFtvZZoQg3Do',
  cmd: 'K3S_TOKEN=%s sh -' % $.k3s_token,
}
