// A tree as operators have it after some years: sixty files of four environments, each with a vault id of its own, written by
// many hands. Nothing in it is encrypted; every secret stands under a key of SECRET_KEYS.
export const ENVIRONMENTS = ['dev', 'stage', 'prod', 'edge'] as const

export const SECRET_KEYS = ['token', '*_token', '*_password', 'tls_key', '*passphrase']

/** Path → content, in bytes as they lie on the disk. */
export function messyTree(): Map<string, string> {
  const files = new Map<string, string>()
  for (const name of ENVIRONMENTS) {
    for (const [path, text] of Object.entries(filesOf(name))) files.set(path, text)
  }
  return files
}

/** Paths of what is meant to be encrypted as a whole. */
export function wholeFiles(name: string): readonly string[] {
  return [`group_vars/${name}/vault.yml`, `notes/${name}.md`]
}

function filesOf(name: string): Readonly<Record<string, string>> {
  const secret = `${name.toUpperCase()}q7Xv2mZ9kL4pR8wT3nB6yH1s`
  return {
    [`group_vars/${name}/main.yml`]: `# ${name}: who changes this file tells the others!
---
# The token of the cluster. ROTATE EVERY YEAR (last: 2023)
token: "${secret}"   # do not share
k3s_version: v1.34.2+k3s1

#old_token: abc
defaults: &defaults   # shared below
    retries: 3
    api_password: '${name}-it''s #1'
east: {<<: *defaults, region: east}
west:
    <<: *defaults
    region: west # comment with a "quote
`,
    [`group_vars/${name}/vault.yml`]: `# everything here is secret
vault_db_password: ${secret}
vault_note: >
  folded
  text
`,
    [`group_vars/${name}/tls.yml`]: `tls_key: |   # from the old box
    -----BEGIN PRIVATE KEY-----
    ${secret}

    ${secret}
    -----END PRIVATE KEY-----


# between
passphrase: |-
  ${secret}
  # not a comment
other_passphrase: >-
   ${secret} with blanks
kept_password: |+
  ${secret}


last: 1
`,
    [`group_vars/${name}_agents.yml`]: [
      '# windows line ends',
      `k3s_agent_token: '${secret}'`,
      'list:',
      '- a   # first',
      `- agent_password: "x\\"y\\\\${name}"`,
      '  port: 0644',
      '',
    ].join('\r\n'),
    [`host_vars/${name}-server1.yml`]: `\ufeff# with a byte order mark
node_token: ${secret}
enabled: yes
`,
    [`host_vars/${name}-server2.yaml`]: `ansible_host: 10.0.0.2\nroot_password: ${secret}`,
    [`host_vars/${name}-agent1/main.yml`]: `users: [{name: a, user_password: "${secret}"}, {name: b, user_password: ${secret}}]   # two
limits: {cpu: 2, memory: '4Gi', other_token: 'x y',
         deep: {more_token: "z"}}  # end
`,
    [`host_vars/${name}-agent1/extra`]: `# no extension at all\nextra_token: ${secret}\n`,
    [`inventories/${name}.yml`]: `${name}:
  hosts:
    ${name}-server1:
    ${name}-server2: {}
    ${name}-agent1:
      local_token: 9${secret}
  vars:
      # odd indentation, deeper than it needs to be
      join_token:   "${secret}"
                    # a comment far to the right
      ansible_connection: local
  children:
    ${name}_agents:
      hosts: {${name}-agent1: {}}
`,
    [`roles/${name}/defaults/main.yml`]: `---
cluster_rke2_config:
  token: ${secret}
  agent-token: "not ours by this key"
  tls-san:
  - a.example
  - b.example
`,
    [`roles/${name}/vars/main.yml`]: `# unsafe and templates
raw_password: !unsafe "{{ ${secret}"
made_token: "{{ vault_db_password }}"
empty_token: ""
null_token:
typed_token: !!str 12345
anchored_token: &anchored   ${secret}   # nobody uses the anchor
`,
    [`playbooks/${name}.yml`]: `- hosts: ${name}
  gather_facts: false
  vars:
    play_token: ${secret} # in a play
  tasks:
  - name: a task
    debug: {msg: "{{ play_token }}"}
    when: true
`,
    [`manifests/${name}.yml`]: `# several documents
kind: Secret
stringData:
  token: ${secret}
---
kind: ConfigMap
data: {a: b}
...
---
token:
  "${secret}"
# the end
`,
    [`notes/${name}.md`]: `# Notes\n\ntoken: ${secret}\n\ttab: {not yaml\n`,
    [`group_vars/${name}/zz.yml`]: `---
? complex_token
: '${secret}'
nested:
    - - list_token: ${secret}
      - x
    -   deep_password:
          ${secret}   # on its own line
          # and a comment below
same_password: first
...
`,
  }
}
