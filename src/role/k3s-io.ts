import type { Project, RoleProfile } from './profile.js'

export const K3S_IO_PROJECT: Project = {
  title: 'k3s-io/k3s-ansible',
  url: 'https://github.com/k3s-io/k3s-ansible',
  ansibleCore: '2.15',
  note: 'with an agent token `server_config_yaml` is ours, so your own lines of it belong under `vars` of k3s_vars.yml',
  // `token` is too common a name to tell anything.
  signs: {
    variables: [
      'api_endpoint',
      'server_config_yaml',
      'agent_config_yaml',
      'registries_config_yaml',
      'extra_service_envs',
      'extra_install_envs',
      'cluster_context',
      'user_kubectl',
      'airgap_dir',
    ],
    groupNames: { server: 'server_group', agent: 'agent_group' },
  },
}

/** Collection `k3s.orchestration` 1.2. */
export const K3S_IO: RoleProfile = {
  id: 'k3s-io',
  groups: { cluster: 'k3s_cluster', server: 'server', agent: 'agent' },
  shared: [{ side: 'cluster', name: 'token', kind: 'server' }],
  // The agent role reads the host's own `token` (roles/k3s_agent/tasks/main.yml), so a separate one is a value per group.
  // The servers learn it from their config.yaml, into which roles/k3s_server/tasks/main.yml merges this text last.
  separate: [
    { side: 'server', name: 'token', kind: 'server' },
    {
      side: 'server',
      name: 'server_config_yaml',
      key: 'agent-token',
      referencedVariable: 'k3s_agent_token',
      kind: 'agent',
    },
    { side: 'agent', name: 'token', kind: 'agent' },
  ],
  // Releases after 1.2.2 take the mode of config.yaml, which holds the token and was 0644 (k3s-ansible#561).
  settings: [{ side: 'cluster', name: 'k3s_server_config_mode', value: '0600' }],
  destinations: [
    // roles/k3s_server/tasks/main.yml
    { side: 'server', file: '/etc/rancher/k3s/config.yaml', encoding: 'to_nice_yaml' },
    // roles/k3s_agent/tasks/main.yml
    {
      side: 'agent',
      file: '/etc/systemd/system/k3s-agent.service.env',
      encoding: 'systemd-environment-file',
      when: 'systemd hosts',
    },
    // roles/k3s_agent/tasks/main.yml; install.sh, create_openrc_service_file
    {
      side: 'agent',
      file: '/etc/rancher/k3s/k3s-agent.env',
      encoding: 'openrc-sourced-file',
      when: 'OpenRC hosts',
      severity: 'warn',
    },
    // roles/k3s_upgrade/tasks/main.yml runs install.sh with K3S_TOKEN in its environment; create_env_file
    {
      side: 'server',
      file: '/etc/systemd/system/k3s.service.env',
      encoding: 'install-script',
      when: 'upgrades',
      severity: 'warn',
    },
    {
      side: 'agent',
      file: '/etc/systemd/system/k3s-agent.service.env',
      encoding: 'install-script',
      when: 'upgrades',
      severity: 'warn',
    },
    // roles/k3s_upgrade/tasks/main.yml
    {
      side: 'server',
      kind: 'server',
      file: '/var/lib/rancher/k3s/server/node-token',
      encoding: 'cut-at-colons',
      isOfK3s: true,
      when: 'upgrades that are run without `token`',
      severity: 'warn',
    },
  ],
}
