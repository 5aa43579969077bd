// Where the fuzzer begins: texts as people write them, small ones first, with a marker where a secret could stand.
import vectors from '../vectors/ansible-vault.json' with { type: 'json' }
import { CANARY } from './examine.js'

export const CONFIGS: readonly string[] = [
  'clusters: { home: }\n',
  "clusters:\n  home:\n    hosts:\n      server: ['10.0.0.[11:13]']\n      agent: ['10.0.0.[21:29]']\n",
  `# fleet
defaults: &d
  vault_id: all
  token: { length: 20, alphabet: hex }
  vars: { a: 1, list: [1, 2.5, ~], deep: { x: yes, y: 0644 }, secret: "${CANARY}" }
clusters:
  one: { vault_id: own, vars: { b: 1:30, list: [3] }, agent_token: true }
  two:
    groups: { cluster: c2, server: s2, agent: a2 }
    hosts:
      server: { "s[1:3]": { rack: 1, key: !unsafe "{{ x }}" }, s2: }
      agent:
        a[a:c:2]:
          note: |
            several
            lines
`,
  `clusters:
  a: &a
    vars: &v { token_note: ${CANARY}, sealed: !vault "$ANSIBLE_VAULT;1.1;AES256" }
    level: group
    emit: vaulted
  b:
    <<: *a
    vars: { <<: *v, c: >-
      folded
      text
    }
    mint: never
    encrypt: always
    probe: false
`,
  'include: [clusters.d/*.yml, "x?.yml"]\nclusters:\n  a: {store: s}\n',
  `clusters:
  a:
    role: custom
    agent_token: true
    custom:
      groups: { cluster: all_of_them, server: bosses, agent: hands }
      variables:
        server: { my_config.token: server, my_config.agent-token: agent }
        agent: { my_config.token: agent, plain_token: agent }
    hosts: { server: [s1], agent: { "a[1:2]": { my_config: { x: 1 } } } }
`,
  'clusters: { a: { role: rke2-ansible, agent_token: true, hosts: { server: { s: { x: 1 } } } }, b: { role: lablabs, level: host, hosts: { server: [t], agent: [u] } } }',
  'clusters: {x: {agent_token: true, vars: {server_config_yaml: "a: 1\\n\\n"}}}',
]

export const VARS_FILES: readonly string[] = [
  'a: 1\nb: [x, y]\nc: { d: e }\n',
  '---\n# head\na: "q" # why\nb:\n  - one # 1\n  # between\n  - two\n\nc: |\n  text\n  # text\nd: >-\n  folded\n...\n',
  "? complex\n: value\n&k a: &v !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  3132\nb: *v\nc: 'it''s'\n",
  'a:\r\n  b: 1\r\n  c:\r\n  - x\r\nd: "x\\ty"\r\n',
  '{ a: 1, "b": [ 2, 3 ], c: { d: } }\n',
  '\ufeffa: 1\n---\na: 2\n',
  'a: !unsafe "{{ x }}"\nb: !!str 012\nc: 0o17\nd: 2024-01-01\n',
]

export const INI_INVENTORIES: readonly string[] = [
  'host1 ansible_host=10.0.0.1 a="b c" # comment\n[server]\ns[1:3] rack=7\n[server:vars]\ntoken=x y\n[k3s:children]\nserver\n',
  `; comment\n[a:vars]\nb = '${CANARY}'\nc=[1, 2]\nd = 0x1f\n`,
]

export const SCRIPTS: readonly string[] = [
  `#!/bin/sh\nexport K3S_TOKEN="${CANARY}"\nk3s server --token ${CANARY} --cluster-init\n`,
  `[Service]\nEnvironment=K3S_TOKEN=${CANARY}\nExecStart=/usr/local/bin/k3s agent \\\n    --token '${CANARY}'\n`,
  `env:\n  - name: K3S_TOKEN\n    value: ${CANARY}\nRUN ansible-playbook -e "token=${CANARY}" site.yml # k3s-vars: allow plain-token, weak-token\n`,
  `{"token": "${CANARY}", "k3s": {"agent-token": "K10${'ab'.repeat(32)}::node:${CANARY}"}}`,
]

export const TOKENS: readonly string[] = [
  'vQ3xT7mZp9Lk2Ws8Rb5Ny4Hd6Jc1Gf0aUeXiOoEtBqA',
  `K10${'ab'.repeat(32)}::server:secret-part-of-it`,
  'K10::node:password:with:colons',
  'abcdef.0123456789abcdef',
  `${'A'.repeat(64)}\n${'B'.repeat(22)}==`,
  '1_000.5e+12',
  "it's {{ jinja }} $(x) `y` \\z",
  `[sudo] password for anna: \r\nK10${'ab'.repeat(32)}::server:secret-part-of-it\r\n`,
  "export K3S_TOKEN='vQ3xT7mZp9Lk2Ws8Rb5Ny4Hd6Jc1Gf0a'\n",
  'token: "vQ3xT7mZp9Lk2Ws8Rb5Ny4Hd6Jc1Gf0a"\nserver: https://10.0.0.1:6443\n',
  `K10${'ab'.repeat(32)}:server:secret-part-of-it`,
]

export const HOST_PATTERNS: readonly string[] = [
  'web',
  'w[08:10].x',
  'w[1:6:2]',
  'w[y:B]',
  '[a:b][1:2]',
  'h[:3]',
  'n1:2222',
  '[2001:db8::[1:9]]:22',
  '::ffff:10.0.0.[1:3]',
]

export const ANSIBLE_CFGS: readonly string[] = [
  '[defaults]\nvault_password_file = .vault_password\n',
  '[DEFAULT]\nx = 1\n[defaults]\nvault_identity_list = prod@~/p, dev@prompt, x-client.py ; why\nvault_id_match = true\nvault_identity: "me"\nask_vault_pass = no\n',
  '# c\n[inventory]\nany_unparsed_is_failed = true\n[defaults]\nvault_password_file = ${A}/$HOME/{{CWD}}/x\n\n  more\nvault_encrypt_identity = prod\n',
]

/** Values that people encrypt, in every form that YAML has for them. */
export const SECRET_FILES: readonly string[] = [
  `# head\ntoken: ${CANARY} # why\nk3s:\n  - agent: "${CANARY}"\n    other: '${CANARY}'\n`,
  `a: |\n  ${CANARY}\n  two\n\nb: >-\n  ${CANARY}\n\n# tail\nc: |2+\n    x\n\n`,
  `{ a: ${CANARY}, b: ["${CANARY}", 1], c: 'x' }\n`,
  `- &a ${CANARY}\n- *a\n- !unsafe "{{ ${CANARY} }}"\n- "{{ x }}"\n- !!str 1\n`,
  `a: ${CANARY}\r\nb: "two\\nlines"\r\n---\r\na: 'x'\r\n`,
  `a: ${CANARY}`,
]

/** Calls of the inventory source, one argument a line. */
export const CALLS: readonly string[] = [
  '--list',
  '--host\ns1',
  '--host=s2',
  '--host\n__proto__',
  '--host=constructor',
  '--host=',
  '--plugins',
  '--plugins\nhome\nlab',
  '--plugins\nhome\nhome',
  '--plugins\n__proto__',
  '--list\n--list',
  `--host\n${CANARY}`,
  `--plugins\n${CANARY}`,
]

/** One argument a line. */
export const ARGUMENTS: readonly string[] = [
  'status',
  'status\n--json',
  'check\nhome\n-i\nhosts.yml',
  'token\nshow\nhome\n--reveal',
  'token\nnew\n--kind\nagent\n--quiet',
  'token\ninspect\nfile\n--role\nk3s-io',
  'token\nimport\nhome\n--stdin\n--replace',
  'token\nimport\nhome\n--file\nfile',
  'extra-vars\nhome\n--side\nserver\n--output\nvars.json',
  'init\n--cluster\nhome\n--way\nsource',
  'completion\nbash',
  'help\ntoken\nshow',
  '--version',
  `status\n--token=${CANARY}`,
]

/** Short ones, whole and damaged, of the password hunter2. */
export const VAULT_TEXTS: readonly string[] = [...vectors.vectors, ...vectors.corrupted]
  .filter((vector) => 'password' in vector && vector.password === 'hunter2')
  .flatMap((vector) => ('vaulttext' in vector ? [String(vector.vaulttext)] : []))
  .filter((text) => text.length < 500)
