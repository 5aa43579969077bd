import type { RoleProfile } from './profile.js'

/** https://github.com/k3s-io/k3s-ansible, collection `k3s.orchestration` 1.2. */
export const K3S_IO: RoleProfile = {
  id: 'k3s-io',
  title: 'k3s-io/k3s-ansible',
  url: 'https://github.com/k3s-io/k3s-ansible',
  ansibleCore: '2.15',
  groups: { cluster: 'k3s_cluster', server: 'server', agent: 'agent' },
  shared: [{ side: 'cluster', name: 'token', kind: 'server' }],
  // The agent role reads the host's own `token` (roles/k3s_agent/tasks/main.yml), so a separate one is a value per group.
  separate: [
    { side: 'server', name: 'token', kind: 'server' },
    { side: 'agent', name: 'token', kind: 'agent' },
  ],
  // The servers learn the agent token from their config.yaml, into which the role merges `server_config_yaml` last.
  separateText: {
    side: 'server',
    variable: 'server_config_yaml',
    key: 'agent-token',
    kind: 'agent',
    carrier: 'k3s_agent_token',
  },
  // Releases after 1.2.2 take the mode of config.yaml, which holds the token and was 0644 (k3s-ansible#561).
  defaults: [{ side: 'cluster', name: 'k3s_server_config_mode', value: '0600' }],
  destinations: [
    {
      side: 'server',
      file: '/etc/rancher/k3s/config.yaml',
      encoding: 'to_nice_yaml',
      source: 'roles/k3s_server/tasks/main.yml',
    },
    {
      side: 'agent',
      file: '/etc/systemd/system/k3s-agent.service.env',
      encoding: 'systemd-environment-file',
      when: 'systemd hosts',
      source: 'roles/k3s_agent/tasks/main.yml',
    },
    {
      side: 'agent',
      file: '/etc/rancher/k3s/k3s-agent.env',
      encoding: 'openrc-sourced-file',
      when: 'OpenRC hosts',
      source: 'roles/k3s_agent/tasks/main.yml, install.sh create_openrc_service_file',
    },
  ],
}
