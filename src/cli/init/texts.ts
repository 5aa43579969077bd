// What `k3s-vars init` writes. The launcher must not pass for an INI or YAML inventory: Ansible would then read it as one when
// it fails and hide its error, so its first line of code is one that both refuse (facts on ansible-core 2.14 to 2.21).

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
    # mint: first-use # or never: only \`k3s-vars token new\` makes a token
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

export const LAUNCHER_TEXT = `#!/bin/sh
# This is an executable inventory source, not an INI or YAML inventory. It runs the k3s-vars package that is installed in
# this folder or one above it, or else the k3s_vars on PATH.
case $0 in
  */*) here=\${0%/*} ;;
  *) here=. ;;
esac
here=$(CDPATH='' cd -- "$here" && pwd) || exit 1
# The package would look beside itself for the configuration; this file belongs to the project.
if [ -z "\${K3S_VARS_CONFIG:-}" ] && [ ! -e k3s_vars.yml ]; then
  for file in "$here/k3s_vars.yml" "$here/../k3s_vars.yml"; do
    if [ -e "$file" ]; then
      K3S_VARS_CONFIG=$file
      export K3S_VARS_CONFIG
      break
    fi
  done
fi

folder=$here
while [ -n "$folder" ]; do
  program=$folder/node_modules/k3s-vars/plugins/k3s_vars
  [ -x "$program" ] && exec "$program" "$@"
  folder=\${folder%/*}
done

IFS=:
for folder in $PATH; do
  program=\${folder:-.}/k3s_vars
  [ -f "$program" ] && [ -x "$program" ] && [ ! "$program" -ef "$0" ] && exec "$program" "$@"
done

echo 'k3s_vars: the package k3s-vars is not installed (K3SV_FAULT)' >&2
echo 'hint: run "npm install k3s-vars" in this project, or "npm install --global k3s-vars"' >&2
exit 1
`
