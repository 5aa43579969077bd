// The exchange of a token on files of nodes: every other byte is kept, and what cannot be read back is not written.
import { describe, expect, test } from '@jest/globals'
import { ask } from './ask.js'

const UNIT = '/etc/systemd/system/k3s.service'
const ENV = '/etc/systemd/system/k3s.service.env'
const CONFIG = '/etc/rancher/k3s/config.yaml'
const OLD = 'OldTokenOfTheCluster7'
const NEW = 'NewTokenOfTheCluster8'
const SECURE = `K10${'ab'.repeat(32)}::server:${NEW}`

interface Place {
  readonly place: string
  readonly path: string
  readonly option: string
  readonly style?: string
}

interface Told {
  readonly written?: readonly string[]
  readonly again?: readonly string[]
  readonly refused?: string
  readonly files: Readonly<Record<string, string>>
  readonly lying: Readonly<Record<string, string>>
}

type Files = Readonly<Record<string, string>>

function exchange(files: Files, places: readonly Place[], texts: Files): Told {
  return ask<Told>('switched', [{ files, places, texts }])[0]!
}

const config = (path = CONFIG, option = 'token'): Place => ({ place: 'config', path, option })
const START = '[Service]\nExecStart=/usr/local/bin/k3s server\n'

/** What the files have, where, the next text, and what they have then. */
const CASES: readonly (readonly [string, Files, readonly Place[], string, Files])[] = [
  [
    'a bare word of YAML, with a comment behind it and Windows line ends',
    { [CONFIG]: `# ours\r\ntoken: ${OLD}  # ${OLD}\r\ncluster-init: true\r\n` },
    [config()],
    NEW,
    { [CONFIG]: `# ours\r\ntoken: ${NEW}  # ${OLD}\r\ncluster-init: true\r\n` },
  ],
  [
    'double quotes, and the secure form',
    { [CONFIG]: `"token":   "${OLD}"\nserver: https://a:6443\n` },
    [config()],
    SECURE,
    { [CONFIG]: `"token":   "${SECURE}"\nserver: https://a:6443\n` },
  ],
  [
    'single quotes around a text that has one',
    { [CONFIG]: `token: 'it''s old'\n` },
    [config()],
    "it's new",
    { [CONFIG]: `token: 'it''s new'\n` },
  ],
  [
    'no newline at the end',
    { [CONFIG]: `a: 1\ntoken: ${OLD}` },
    [config()],
    NEW,
    { [CONFIG]: `a: 1\ntoken: ${NEW}` },
  ],
  [
    'quotes for what cannot stand bare',
    { [CONFIG]: `token: ${OLD}\n` },
    [config()],
    'a b: c #d',
    { [CONFIG]: `token: 'a b: c #d'\n` },
  ],
  [
    'no quotes where a dump of YAML would make none',
    { [CONFIG]: `token: '0123456'\n` },
    [{ ...config(), style: 'yaml' }],
    NEW,
    { [CONFIG]: `token: ${NEW}\n` },
  ],
  [
    'a file of config.yaml.d, which wins',
    { [CONFIG]: 'token: other\n', [`${CONFIG}.d/9.yaml`]: `token: ${OLD}\n` },
    [config(`${CONFIG}.d/9.yaml`)],
    NEW,
    { [CONFIG]: 'token: other\n', [`${CONFIG}.d/9.yaml`]: `token: ${NEW}\n` },
  ],
  [
    'a token file, its outer white space kept',
    { [CONFIG]: 'token-file: /etc/tok\n', '/etc/tok': `\n${OLD}\n\n` },
    [{ place: 'token-file', path: '/etc/tok', option: 'token' }],
    NEW,
    { [CONFIG]: 'token-file: /etc/tok\n', '/etc/tok': `\n${NEW}\n\n` },
  ],
  [
    'the environment file of the installer',
    {
      [UNIT]: `[Service]\nEnvironmentFile=-${ENV}\nExecStart=/usr/local/bin/k3s server\n`,
      [ENV]: `K3S_URL='https://a'\nK3S_TOKEN='${OLD}'\n`,
    },
    [{ place: 'environment-file', path: ENV, option: 'token' }],
    NEW,
    { [ENV]: `K3S_URL='https://a'\nK3S_TOKEN='${NEW}'\n` },
  ],
  [
    'a variable of the unit, in quotes with its name',
    {
      [UNIT]: `[Service]\nEnvironment="A=b" "K3S_TOKEN=${OLD}"\nExecStart=/usr/local/bin/k3s server\n`,
    },
    [{ place: 'environment', path: UNIT, option: 'token' }],
    'per%cent',
    {
      [UNIT]: `[Service]\nEnvironment="A=b" "K3S_TOKEN=per%%cent"\nExecStart=/usr/local/bin/k3s server\n`,
    },
  ],
  [
    'an argument of the unit, on a line of its own',
    {
      [UNIT]: `[Service]\nExecStart=/usr/local/bin/k3s \\\n    server \\\n\t'--token' \\\n\t'${OLD}' \\\n\t'--cluster-init' \\\n\n`,
    },
    [{ place: 'command-line', path: UNIT, option: 'token' }],
    NEW,
    {
      [UNIT]: `[Service]\nExecStart=/usr/local/bin/k3s \\\n    server \\\n\t'--token' \\\n\t'${NEW}' \\\n\t'--cluster-init' \\\n\n`,
    },
  ],
  [
    'an argument behind an equals sign',
    { [UNIT]: `[Service]\nExecStart=/usr/local/bin/k3s server --token=${OLD} --debug\n` },
    [{ place: 'command-line', path: UNIT, option: 'token' }],
    NEW,
    { [UNIT]: `[Service]\nExecStart=/usr/local/bin/k3s server --token=${NEW} --debug\n` },
  ],
  [
    'two copies at once, the one that wins and the one that was left behind',
    { [UNIT]: START, [CONFIG]: `token: ${OLD}\n`, [ENV]: `K3S_TOKEN=${OLD}\n` },
    [config(), { place: 'environment-file', path: ENV, option: 'token' }],
    NEW,
    { [CONFIG]: `token: ${NEW}\n`, [ENV]: `K3S_TOKEN=${NEW}\n` },
  ],
]

describe('an exchange', () => {
  test.each(CASES)('keeps %s', (_, files, places, text, wanted) => {
    const {
      refused,
      written,
      again,
      files: after,
      lying,
    } = exchange(files, places, { token: text })
    expect({ refused, again }).toEqual({ refused: undefined, again: [] })
    expect(after).toEqual({ ...files, ...wanted })
    expect(written).toEqual(places.map(({ path }) => path).sort())
    expect(Object.keys(lying).sort()).toEqual(Object.keys(files).sort())
  })

  test('of both tokens leaves each in its own place', () => {
    const files = { [CONFIG]: `token: ${OLD}\nagent-token: "${OLD}"\n` }
    const { files: after } = exchange(files, [config(), config(CONFIG, 'agent-token')], {
      token: NEW,
      'agent-token': 'AgentsHaveTheirOwn9',
    })
    expect(after[CONFIG]).toBe(`token: ${NEW}\nagent-token: "AgentsHaveTheirOwn9"\n`)
  })
})

/** What is not exchanged, and why. */
const REFUSED: readonly (readonly [string, Files, readonly Place[], string])[] = [
  ['a place that is not there', { [CONFIG]: 'a: 1\n' }, [config()], 'absent'],
  ['a number that K3s reads as another', { [CONFIG]: 'token: 0123456\n' }, [config()], 'unclear'],
  ['a text over two lines', { [CONFIG]: 'token: one\n  two\n' }, [config()], 'unclear'],
  [
    'a place that another one beats',
    { [CONFIG]: `token: ${OLD}\n`, [`${CONFIG}.d/9.yaml`]: 'token: other\n' },
    [config()],
    'another-wins',
  ],
  [
    'a variable that the command line names',
    {
      [UNIT]: `[Service]\nEnvironmentFile=${ENV}\nExecStart=/usr/local/bin/k3s server --token=\${OURS}\n`,
      [ENV]: `OURS=${OLD}\n`,
    },
    [{ place: 'command-line', path: UNIT, option: 'token' }],
    'unclear',
  ],
  [
    'an option that nothing lies beside for',
    { [CONFIG]: `agent-token: ${OLD}\n` },
    [config(CONFIG, 'agent-token')],
    'no-side-file',
  ],
]

test.each(REFUSED)('nothing is written for %s', (_, files, places, reason) => {
  const { refused, files: after, lying } = exchange(files, places, { token: NEW })
  expect(refused).toBe(reason)
  expect(after).toEqual(files)
  expect(Object.keys(lying).sort()).toEqual(Object.keys(files).sort())
})

describe('side files', () => {
  interface Beside {
    readonly refused?: boolean
    readonly written: readonly boolean[]
    readonly lying: Readonly<Record<string, string>>
    readonly told: readonly Readonly<Record<string, string>>[]
    readonly removed: readonly boolean[]
    readonly after: Readonly<Record<string, string>>
  }
  const FOLDER = '/etc/rancher/k3s/k3s_vars-rotation'

  test('lie where K3s reads nothing, for root alone, and go together', () => {
    const texts = [
      ['token', NEW],
      ['token', NEW],
      ['agent-token', 'AgentsHaveTheirOwn9'],
    ]
    const [told] = ask<Beside>('beside', [{ rotation: 'r.1', texts }])
    expect(told).toMatchObject({ written: [true, false, true], removed: [true, false], after: {} })
    expect(told!.lying).toEqual({
      [`${FOLDER}/r.1/token`]: '0o600',
      [`${FOLDER}/r.1/agent-token`]: '0o600',
    })
    expect(told!.told.map(({ option, state, form }) => [option, state, form])).toEqual([
      ['agent-token', 'present', 'short'],
      ['token', 'present', 'short'],
    ])
    expect(JSON.stringify(told!.told)).not.toContain(NEW)
  })

  test.each(['..', '.', 'a/b', '', 'a b'])('have no rotation called %j', (rotation) => {
    const [told] = ask<Beside>('beside', [{ rotation, texts: [['token', NEW]] }])
    expect(told).toEqual({ refused: true, lying: {} })
  })
})
