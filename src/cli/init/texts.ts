// What `k3s-vars init` writes.

/** A configuration of five lines, with every other option as a comment. */
export function configText(cluster: string, role: string): string {
  return `# The clusters whose tokens k3s_vars keeps. \`k3s-vars check\` tells what is wrong with it.
clusters:
  ${cluster}:
    role: ${role} # the Ansible role that reads the token
    hosts: # put your own here; without hosts this is used after another inventory: -i inventory.yml -i plugins/k3s_vars
      server: ['server1.example']
      # agent: ['10.0.0.[21:29]'] # Ansible's own range patterns; a mapping of host to variables works, too
    # vars: # variables for all hosts of the cluster
    #   ansible_user: debian
    # agent_token: true # agents join with a token of their own
    # vault_id: prod # the vault id that seals the tokens
    # emit: plain # or vaulted: handed to Ansible still sealed
    # level: group # or host: wins over a group_vars/all
    # mint: outside-ci # or never: only \`k3s-vars token new\` makes a token
    # endpoint: https://k3s.example.com:6443 # a load balancer: asked, too, whether K3s lives there, before a token is made
    # encrypt: always # or never: tokens in the clear
    # store: k3s_tokens # the folder of the tokens; commit it

# defaults: {} # options for every cluster
# include: clusters.d/*.yml # more clusters, in files of their own
`
}

/** An ansible.cfg that finds the launcher and the vault password and stops where the source fails. */
export function ansibleCfgText(launcher: string | undefined): string {
  const inventory = launcher === undefined ? '' : `inventory = ${launcher}\n`
  return `[defaults]
${inventory}vault_password_file = .vault_password

[inventory]
# Without this a play goes on without its variables when an inventory source fails.
any_unparsed_is_failed = true
`
}

/** The lines that an ansible.cfg needs for the vault, for people to add. */
export const VAULT_SETTING = 'vault_password_file = .vault_password, under [defaults]'
