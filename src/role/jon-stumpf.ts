import type { Project, RoleProfile } from './profile.js'

export const JON_STUMPF_PROJECT: Project = {
  title: 'jon-stumpf/k3s-ansible',
  url: 'https://github.com/jon-stumpf/k3s-ansible',
  ansibleCore: '2.15',
  note: 'it reads the token only with `ha_enabled: true`',
}

export const JON_STUMPF: RoleProfile = {
  id: 'jon-stumpf',
  groups: { cluster: 'k3s_cluster', server: 'k3s_server', agent: 'k3s_agent' },
  // playbook/group_vars/all.yml makes k3s_token of it.
  shared: [{ side: 'cluster', name: 'ha_k3s_token', kind: 'server' }],
  separate: [],
  sharedOnly: 'its agents join with the token that the first server shows them',
  settings: [],
  destinations: [
    // roles/ha_etcd/tasks/main.yml
    { side: 'server', file: 'the command line of systemd-run', encoding: 'command-module' },
    // roles/k3s_agent/templates/k3s-agent.service.j2
    {
      side: 'agent',
      file: '/etc/systemd/system/k3s-agent.service',
      encoding: 'systemd-exec-start',
    },
  ],
}
