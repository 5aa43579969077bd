import type { Project, RoleProfile } from './profile.js'

export const TIMOTHYSTEWART6_PROJECT: Project = {
  title: 'timothystewart6/k3s-ansible (techno-tim)',
  url: 'https://github.com/timothystewart6/k3s-ansible',
  ansibleCore: '2.15',
  leastServers: 2,
  signs: {
    variables: [
      'k3s_token',
      'apiserver_endpoint',
      'flannel_iface',
      'calico_iface',
      'cilium_iface',
      'k3s_node_ip',
      'k3s_master_taint',
      'kube_vip_tag_version',
      'metal_lb_ip_range',
    ],
    groupNames: { server: 'group_name_master' },
  },
  note: 'it reads the token only where there are two or more servers; its own `group_vars/all.yml` sets `k3s_token` and wins over an inventory source: list the hosts here, or use the vars plugin; since August 2026 it doubles `%`, so a token with one breaks on servers there, and on agents in older clones',
}

export const TIMOTHYSTEWART6: RoleProfile = {
  id: 'timothystewart6',
  groups: { cluster: 'k3s_cluster', server: 'master', agent: 'node' },
  // Agents take the token that the first server wrote, and this one where that server is not in the play.
  shared: [{ side: 'cluster', name: 'k3s_token', kind: 'server' }],
  separate: [],
  sharedOnly: 'its agents join with the token that the first server shows them',
  settings: [],
  // inventory/sample/group_vars/all.yml sets k3s_token.
  level: 'host',
  destinations: [
    // roles/k3s_server/defaults/main.yml, server_init_args; roles/k3s_server/tasks/main.yml
    { side: 'server', file: 'the command line of systemd-run', encoding: 'command-module' },
    // roles/k3s_server/defaults/main.yml doubles it for systemd, but systemd-run takes its arguments as they are.
    {
      side: 'server',
      file: 'the command line of systemd-run',
      encoding: 'doubled-percent',
      when: 'clones since August 2026',
    },
    // roles/k3s_agent/templates/k3s.service.j2; a percent sign breaks in clones from before August 2026.
    {
      side: 'agent',
      file: '/etc/systemd/system/k3s-node.service',
      encoding: 'systemd-exec-start',
    },
  ],
}
