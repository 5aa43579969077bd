import type { Project, RoleProfile } from './profile.js'

export const EDNZ_PROJECT: Project = {
  title: 'ednz-cloud/ansible-collection-k3s',
  url: 'https://github.com/ednz-cloud/ansible-collection-k3s',
  ansibleCore: '2.15',
  signs: {
    variables: [
      'k3s_mode',
      'k3s_join_addr',
      'k3s_server_join_token',
      'k3s_agent_join_token',
      'k3s_server_cluster_init',
      'k3s_server_advertise_addr',
      'k3s_start_service',
    ],
    serverMark: { name: 'k3s_mode', value: 'server' },
  },
}

export const EDNZ: RoleProfile = {
  id: 'ednz',
  // The role asks for no group names; these are those of its own scenarios.
  groups: { cluster: 'k3s', server: 'k3s_controller', agent: 'k3s_worker' },
  // k3s_agent_join_token is the server's by default.
  shared: [{ side: 'cluster', name: 'k3s_server_join_token', kind: 'server' }],
  separate: [
    { side: 'server', name: 'k3s_server_join_token', kind: 'server' },
    { side: 'server', name: 'k3s_agent_join_token', kind: 'agent' },
    { side: 'agent', name: 'k3s_agent_join_token', kind: 'agent' },
  ],
  settings: [
    { side: 'server', name: 'k3s_mode', value: 'server' },
    { side: 'agent', name: 'k3s_mode', value: 'agent' },
  ],
  destinations: [
    // roles/k3s/tasks/configure.yml
    {
      side: 'server',
      kind: 'server',
      file: '/etc/rancher/k3s/server_token',
      encoding: 'plain-file',
    },
    { side: 'server', file: '/etc/rancher/k3s/agent_token', encoding: 'plain-file' },
    { side: 'agent', file: '/etc/rancher/k3s/agent_token', encoding: 'plain-file' },
  ],
}
