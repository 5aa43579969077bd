// The nodes' Python against what K3s itself made of the same files, arguments and variables, and of the same texts.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { ask } from './ask.js'

interface Told {
  readonly faults: readonly string[]
  readonly conflicts: readonly string[]
  readonly winners: Readonly<
    Record<string, readonly [string, string, string | null, number | null]>
  >
  readonly losers: readonly (readonly unknown[])[]
  readonly kinds: readonly string[]
}

function vectors<T>(name: string): readonly T[] {
  const text = readFileSync(join(import.meta.dirname, '../vectors', name), 'utf8')
  return (JSON.parse(text) as { vectors: T[] }).vectors
}

interface ConfigVector {
  readonly name: string
  readonly config: string | null
  readonly token?: string
  readonly agent_token?: string
  readonly error?: string
}

/** What K3s makes of a mapping in place of a text is of no use to anybody, so it is not read. */
const UNREAD = ['token: {a: b}', 'token: {{ x }}']

describe('what K3s takes', () => {
  const cases = vectors<ConfigVector>('k3s-config-files.json')
  const told = ask<Told>('configured', cases)

  test.each(cases.map((one, index) => [one.name, one, told[index]!] as const))(
    '%s',
    (name, { token, agent_token: agent, error }, { faults, conflicts, winners }) => {
      const isUnread = UNREAD.includes(name)
      const isRefused = error !== undefined || isUnread
      expect(faults.length + conflicts.length > 0).toBe(isRefused)
      if (isRefused) return
      expect(winners['token']?.[0] ?? '').toBe(token)
      expect(winners['agent-token']?.[0]).toBe(agent)
    },
  )
})

/** Flow collections, anchors and the like: nobody has a token there, so they are not guessed. */
const NOT_GUESSED = /^[[{*&!|>"']|: |:$|^[-?] /

test('bare words are what go-yaml makes of them, or are not guessed', () => {
  const words = vectors<readonly [string, string | null]>('go-yaml.json')
  const numbers = vectors<{ text: string; k3s_sees: string }>('k3s-yaml-numbers.json')
  const all = [...words, ...numbers.map(({ text, k3s_sees: seen }) => [text, seen] as const)]
  const told = ask<string | null>(
    'config',
    all.map(([word]) => `token: ${word}\n`),
  )
  const wrong = all.flatMap(([word, seen], index) => {
    const read = told[index]!
    const isRight = read === seen || (read === null && NOT_GUESSED.test(word))
    return isRight ? [] : [{ word, seen, read }]
  })
  expect(wrong).toEqual([])
  expect(all.length).toBeGreaterThan(500)
})

interface TextVector {
  readonly token: string
  readonly error?: string
  readonly password?: string
  readonly bootstrap?: { readonly secret: string }
  readonly split?: string
  readonly server_start_and_rotate: string | { readonly secret: string; readonly key: string }
}

describe('the text of a token', () => {
  const cases = vectors<TextVector>('k3s-token-parse.json')
  const parts = ask<{ form: string; secret: string | null; key: string | null }>(
    'apart',
    cases.map(({ token: text }) => ({ text, option: 'token' })),
  )

  test.each(cases.map((one, index) => [JSON.stringify(one.token), one, parts[index]!] as const))(
    'is taken apart as K3s does it: %s',
    (_, { error, split, bootstrap, server_start_and_rotate: start }, { form, secret, key }) => {
      if (error !== undefined) {
        expect(['empty', 'malformed']).toContain(form)
        expect(secret).toBeNull()
      } else if (bootstrap !== undefined) expect(form).toBe('bootstrap')
      else {
        expect({ secret, key }).toEqual(start)
        expect(form === 'split').toBe(split !== undefined)
      }
    },
  )

  test('an agent token is whole in its own form only', () => {
    const hash = 'ab'.repeat(32)
    const texts = [`K10${hash}::node:pw`, `K10${hash}::server:pw`, 'pw', 'abcdef.0123456789abcdef']
    const made = ask<{ form: string }>(
      'apart',
      texts.map((text) => ({ text, option: 'agent-token' })),
    )
    expect(made.map(({ form }) => form)).toEqual(['secure', 'split', 'short', 'bootstrap'])
  })
})

const UNIT = '/etc/systemd/system/k3s.service'
const ENV = '/etc/systemd/system/k3s.service.env'
const CONFIG = '/etc/rancher/k3s/config.yaml'

/** Files of a node, and the winner for `token`: value, place, path, line. */
const NODES: readonly (readonly [
  string,
  Readonly<Record<string, string>>,
  readonly [string, string, string, number | null] | undefined,
])[] = [
  [
    'the unit of the installer, with its environment file',
    {
      [UNIT]: `[Service]\nEnvironmentFile=-/etc/default/%N\nEnvironmentFile=-${ENV}\nExecStart=/usr/local/bin/k3s \\\n    server \\\n\t'--cluster-init' \\\n`,
      [ENV]: 'K3S_TOKEN="of env"\nK3S_URL=https://a:6443\n',
    },
    ['of env', 'environment-file', ENV, 1],
  ],
  [
    'a token on the command line of the unit',
    {
      [UNIT]: `[Service]\nExecStart=/usr/local/bin/k3s server --token "a b%%c" --server https://x\n`,
    },
    ['a b%c', 'command-line', UNIT, 2],
  ],
  [
    'a variable on the command line, from an environment file',
    {
      [UNIT]: `[Service]\nEnvironmentFile=-${ENV}\nExecStart=/usr/local/bin/k3s server --token=${'$'}{OURS} $NONE\n`,
      [ENV]: 'OURS=of-a-variable\n',
    },
    ['of-a-variable', 'command-line', UNIT, 3],
  ],
  [
    'a variable in the unit, and a drop-in that overrides it',
    {
      [UNIT]:
        '[Service]\nEnvironment="K3S_TOKEN=first" "X=y"\nExecStart=/usr/local/bin/k3s server\n',
      [`${UNIT}.d/10.conf`]: '[Service]\nEnvironment=K3S_TOKEN=second\n',
    },
    ['second', 'environment', `${UNIT}.d/10.conf`, 2],
  ],
  [
    'config.yaml before an environment file that was left behind',
    {
      [UNIT]: `[Service]\nEnvironmentFile=-${ENV}\nExecStart=/usr/local/bin/k3s server\n`,
      [ENV]: '# was here before\nK3S_TOKEN=former\n',
      [CONFIG]: 'cluster-init: true\ntoken: current\n',
    },
    ['current', 'config', CONFIG, 2],
  ],
  [
    'another configuration, named by an argument',
    {
      [UNIT]: '[Service]\nExecStart=/usr/local/bin/k3s server -c /etc/k3s.yaml\n',
      '/etc/k3s.yaml': 'token: there\n',
      [CONFIG]: 'token: not here\n',
    },
    ['there', 'config', '/etc/k3s.yaml', 1],
  ],
  [
    'a token file of the command line before everything',
    {
      [UNIT]: '[Service]\nExecStart=/usr/local/bin/k3s server --token-file /etc/tok\n',
      '/etc/tok': ' of file \n',
      [CONFIG]: 'token: config\n',
    },
    ['of file', 'token-file', '/etc/tok', null],
  ],
  [
    "OpenRC's script of the installer",
    {
      '/etc/init.d/k3s':
        '#!/sbin/openrc-run\ncommand="/usr/local/bin/k3s"\ncommand_args="server \\\n    \'--disable\' \'traefik\' \\\n    >>/var/log/k3s.log 2>&1"\n',
      '/etc/rancher/k3s/k3s.env': "export K3S_TOKEN='of openrc'\n",
    },
    ['of openrc', 'environment-file', '/etc/rancher/k3s/k3s.env', 1],
  ],
  [
    'RKE2 in its own names',
    {
      '/usr/local/lib/systemd/system/rke2-server.service':
        '[Service]\nEnvironmentFile=-/usr/local/lib/systemd/system/%N.env\nEnvironmentFile=-/etc/default/rke2-server\nExecStart=/usr/local/bin/rke2 server\n',
      '/etc/default/rke2-server': 'RKE2_TOKEN=variable\nK3S_TOKEN=of others\n',
      '/etc/rancher/rke2/config.yaml': 'server: https://a:9345\n',
    },
    ['variable', 'environment-file', '/etc/default/rke2-server', 1],
  ],
  ['nothing', { [UNIT]: '[Service]\nExecStart=/usr/local/bin/k3s server\n' }, undefined],
]

describe('what a node takes at its next start', () => {
  const told = ask<Told>(
    'started',
    NODES.map(([, files]) => files),
  )

  test.each(NODES.map(([name, , winner], index) => [name, winner, told[index]!] as const))(
    '%s',
    (_, winner, { winners, faults, conflicts }) => {
      expect(winners['token']).toEqual(winner)
      expect({ faults, conflicts }).toEqual({ faults: [], conflicts: [] })
    },
  )

  test('an environment file that no service reads is told, and does not win', () => {
    const [node] = ask<Told>('started', [
      { [UNIT]: '[Service]\nExecStart=/usr/local/bin/k3s server\n', [ENV]: 'K3S_TOKEN=left\n' },
    ])
    expect(node!.winners).toEqual({})
    expect(node!.losers).toEqual([['token', 'left', 'environment-file', ENV, 1, false]])
  })

  test('a token in the place of a file is told by where it stands, and not repeated', () => {
    const [node] = ask<Told>('started', [{ [CONFIG]: 'a: 1\ntoken-file: TheTokenItself\n' }])
    expect(node!.faults).toEqual(['absent'])
    const [report] = ask<string>('report', [{ [CONFIG]: 'token-file: TheTokenItself\n' }])
    expect(report).not.toContain('TheTokenItself')
    expect(report).toContain(CONFIG)
  })

  test('what is no YAML, and what nobody may guess, is told by line and not read', () => {
    const files = ['token: "open\n', 'a: 1\ntoken: { a: b }\n', 'token: a\n  b: c\n', 'token\n']
    const told = ask<Told>(
      'started',
      files.map((text) => ({ [CONFIG]: text })),
    )
    for (const { faults, winners } of told) {
      expect(faults).toEqual(['syntax'])
      expect(winners).toEqual({})
    }
  })
})
