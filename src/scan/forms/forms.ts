// The forms in which a secret of a cluster stands in a file: begin here. Each finding names its form. The documentation's table is
// this one, and a test holds that each example is found by its form; names.ts and fallbacks.ts are what several forms share.

/**
 * How a value came to stand where it stands, which decides the rule: a variable or a setting, an argument of a command, a
 * secret of a token document of ours, nothing but its own shape (`K10…`), or the place of a vault password.
 */
type Via = 'variable' | 'argument' | 'document' | 'shape' | 'vault'

interface Form {
  /** Which rule the finding falls under. */
  readonly via: Via
  readonly what: string
  /** A file and its text; ‹T› stands for the secret. */
  readonly example: readonly [path: string, text: string]
}

export const FORMS = {
  environment: {
    via: 'variable',
    what: "a variable of K3s' or RKE2's environment, in any language, script, unit, container or CI file",
    example: ['join.sh', 'curl -sfL https://get.k3s.io | K3S_TOKEN=‹T› sh -'],
  },
  variable: {
    via: 'variable',
    what: 'a variable or key whose name says that it is the token, in any language',
    example: ['main.go', 'const k3sToken = "‹T›"'],
  },
  'role-variable': {
    via: 'variable',
    what: 'a variable `token` where a role reads it: inventories, vars files, plays',
    example: ['group_vars/all.yml', 'token: ‹T›'],
  },
  'block-key': {
    via: 'variable',
    what: "a key `token` in a block that is named K3s' (HCL, Nix, TOML, YAML, code)",
    example: ['server.nix', '{ services.k3s = { enable = true; token = "‹T›"; }; }'],
  },
  'config-key': {
    via: 'variable',
    what: "a key of K3s' own configuration, or of k3d, k3os, Harvester; also written by a script or a play",
    example: ['setup.sh', 'echo "token: ‹T›" | sudo tee /etc/rancher/k3s/config.yaml'],
  },
  pair: {
    via: 'variable',
    what: 'a name and a value that stand side by side in a list',
    example: ['pod.yaml', 'env: [{ name: K3S_TOKEN, value: ‹T› }]'],
  },
  default: {
    via: 'variable',
    what: 'what is taken where the variable is not set',
    example: ['compose.yaml', 'x: { K3S_TOKEN: "${K3S_TOKEN:-‹T›}" }'],
  },
  near: {
    via: 'variable',
    what: 'a text drawn at random in one statement with the name of a token',
    example: ['app.ex', 'config :lab, k3s_token: seal("‹T›")'],
  },
  'named-by-use': {
    via: 'variable',
    what: 'a variable of any name that is handed to K3s as token in the same file',
    example: ['up.sh', 'SECRET=‹T›\nk3s agent --token "$SECRET" --server https://cp:6443'],
  },
  repeated: {
    via: 'variable',
    what: 'a text that is a token elsewhere in the same file',
    example: ['join.test.ts', "join('‹T›')\nprocess.env.K3S_TOKEN = '‹T›'"],
  },
  'token-file': {
    via: 'variable',
    what: "written into K3s' token file",
    example: ['up.sh', "echo '‹T›' > /etc/rancher/k3s/cluster-token"],
  },
  option: {
    via: 'argument',
    what: 'an option of K3s, RKE2, k3d, k3sup: `--token`, `--agent-token`, `--new-token`, `--node-token`',
    example: [
      'k3s.service',
      "ExecStart=/usr/local/bin/k3s \\\n    server \\\n\t'--token' \\\n\t'‹T›' \\\n",
    ],
  },
  'short-option': {
    via: 'argument',
    what: '`-t` of `k3s server`, `k3s agent` and `k3s token rotate`, and of no other program',
    example: ['up.sh', 'k3s agent -s https://cp:6443 -t ‹T›'],
  },
  'extra-vars': {
    via: 'argument',
    what: 'a variable that is handed to Ansible as an argument',
    example: ['up.sh', 'ansible-playbook site.yml -e token=‹T›'],
  },
  shape: {
    via: 'shape',
    what: 'a secure token, wherever it stands',
    example: ['note.txt', `it is K10${'0f'.repeat(32)}::server:‹T›`],
  },
  document: {
    via: 'document',
    what: 'a secret of a token document of ours that is not sealed',
    example: [
      'k3s_tokens/prod.yml',
      'schema: 1\ncluster: prod\nattempt: "0"\ncurrent:\n  server: "‹T›"\n',
    ],
  },
  'vault-variable': {
    via: 'vault',
    what: "a variable that holds Ansible's vault password: CI variables, scripts, vars files",
    example: ['.gitlab-ci.yml', 'variables: { ANSIBLE_VAULT_PASSWORD: ‹T› }'],
  },
  'vault-written': {
    via: 'vault',
    what: 'a vault password that a script writes into a file',
    example: ['up.sh', "echo '‹T›' > .vault_pass"],
  },
  'vault-handed': {
    via: 'vault',
    what: 'a vault password that is handed to Ansible by a pipe or a process substitution',
    example: ['up.sh', 'ansible-playbook site.yml --vault-password-file <(echo ‹T›)'],
  },
  'vault-script': {
    via: 'vault',
    what: 'a vault password that a password script prints',
    example: ['vault-pass.sh', '#!/bin/sh\necho ‹T›\n'],
  },
  'vault-file': {
    via: 'vault',
    what: 'a file of a vault password, by its usual name or as an ansible.cfg names it',
    example: ['.vault_pass', '‹T›\n'],
  },
} as const satisfies Readonly<Record<string, Form>>

export type FormId = keyof typeof FORMS
