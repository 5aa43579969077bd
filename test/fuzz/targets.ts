// What hostile text can reach, each with samples to begin from and the promises that hold for every text.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough, Writable } from 'node:stream'
import { isDeepStrictEqual } from 'node:util'
import { run as runCommandLine } from '../../src/cli/run.js'
import { readHostPattern } from '../../src/config/host-pattern.js'
import { MOST_HOSTS } from '../../src/config/host-range.js'
import { loadConfig } from '../../src/config/load.js'
import { buildInventory } from '../../src/inventory/build.js'
import { ROLE_PROFILES } from '../../src/role/profiles.js'
import { Secret } from '../../src/secret.js'
import { parseDocument, renderDocument } from '../../src/document/text.js'
import { rewriteDocument } from '../../src/document/rewrite.js'
import { replaceTokens, firstDocument } from '../../src/document/transitions.js'
import { formatToken } from '../../src/token/format.js'
import { inspectToken } from '../../src/token/inspect.js'
import { parseToken } from '../../src/token/parse.js'
import { openBytesSync } from '../../src/vault/engine.js'
import { formatEnvelope, parseEnvelope } from '../../src/vault/envelope.js'
import { readSettings } from '../../src/vault/settings.js'
import { describeSource, listSources } from '../../src/vault/sources.js'
import { inspectText } from '../../src/scan/inspect-text.js'
import { readIniValues, IniSyntaxError } from '../../src/ansible-files/vars-file/ini-values.js'
import { readYamlValues } from '../../src/ansible-files/vars-file/yaml-values.js'
import { compileGlob } from '../../src/files/glob.js'
import { commentsOf, editYaml } from '../../src/yaml/edit.js'
import { readYaml, YamlSyntaxError } from '../../src/yaml/read.js'
import { Broken, CANARY, hold } from './examine.js'
import type { Target } from './examine.js'
import { inventoryCall } from './source-target.js'
import {
  ANSIBLE_CFGS,
  ARGUMENTS,
  CONFIGS,
  HOST_PATTERNS,
  INI_INVENTORIES,
  SCRIPTS,
  TOKENS,
  VARS_FILES,
  VAULT_TEXTS,
} from './samples.js'
import { vaultFiles, vaultValues } from './vault-targets.js'
import { environmentIn } from '../support/environment.js'

const PASSWORD = new Secret(Buffer.from('hunter2'))
const MARK = { writeId: '1'.padStart(32, '0'), now: new Date('2026-11-24T10:00:00Z') }
const STORED = {
  fingerprint: null,
  server: { form: 'plain', secret: new Secret(CANARY) },
} as const
const DOCUMENT = renderDocument(firstDocument('prod', STORED, MARK))

const config: Target = {
  name: 'config',
  samples: CONFIGS,
  words: [
    'clusters:',
    'role: custom',
    'custom: ',
    'variables: ',
    'agent_token: true',
    'groups: ',
    'level: host',
    'hosts: ',
    'server: ',
    'vars: ',
    'include: ',
    '<<: *a',
    '&a ',
    '*a',
    '!vault ',
    '!unsafe ',
    '? ',
    '- ',
    '---\n',
    '|\n',
    '>-\n',
    '[1:9]',
    '[a:f:2]',
    CANARY,
  ],
  run(text, folder) {
    writeFileSync(join(folder, 'k3s_vars.yml'), text)
    const { clusters } = loadConfig({ environment: environmentIn(folder) })
    const token = { form: 'plain', secret: new Secret(CANARY) } as const
    const supplies = clusters.map((cluster) => ({
      cluster,
      tokens: { server: token, ...(cluster.agentToken && { agent: token }) },
    }))
    const answer = JSON.parse(JSON.stringify(buildInventory(supplies))) as Record<
      string,
      Record<string, unknown>
    >
    const { _meta: meta, ...groups } = answer
    hold(
      '_meta.hostvars is there',
      isMapping(meta?.['hostvars']) && Object.values(meta['hostvars']).every(isMapping),
    )
    for (const group of Object.values(groups)) {
      hold('a group is a mapping', isMapping(group))
      const { hosts = [], children = [], vars = {}, ...rest } = group
      hold('a group holds nothing else', Object.keys(rest).length === 0 && isMapping(vars))
      hold(
        'hosts and children are names',
        [hosts, children].every(
          (list) =>
            Array.isArray(list) && list.every((name) => typeof name === 'string' && name !== ''),
        ),
      )
    }
  },
}

const document: Target = {
  name: 'token document',
  samples: [
    DOCUMENT,
    renderDocument(
      replaceTokens(parseDocument(DOCUMENT, { cluster: 'prod', file: 'f' }), STORED, MARK),
    ),
    DOCUMENT.replace(/"(Canary.*)"/, '!vault |\n    $ANSIBLE_VAULT;1.1;AES256\n    3132\n'),
    DOCUMENT.replaceAll('\n', '\r\n'),
    `\ufeff# c\n${DOCUMENT}# end`,
    DOCUMENT.replace('generation: 1', 'generation: &g 1 # c'),
  ],
  words: [
    'previous:',
    'pending: ',
    'null',
    '!vault ',
    '|\n',
    'current:',
    '9007199254740991',
    '# c',
    '&a ',
    '*a',
    '[]',
    '{}',
    CANARY,
  ],
  run(text) {
    const place = { cluster: 'prod', file: 'f' }
    const found = parseDocument(text, place)
    hold(
      'what is written is read again',
      isSame(parseDocument(renderDocument(found), place), found),
    )
    if (found.phase !== 'idle') return
    const next = replaceTokens(found, STORED, { ...MARK, writeId: '2'.padStart(32, '0') })
    const rewritten = rewriteDocument(text, next, 'f')
    hold(
      'a replaced document is the one that was meant',
      isSame(parseDocument(rewritten, place), next),
    )
    const kept = new Set(commentsOf(rewritten))
    hold(
      'no comment is lost',
      commentsOf(text).every((comment) => kept.has(comment)),
    )
  },
}

const edit: Target = {
  name: 'yaml edit',
  samples: [...VARS_FILES, DOCUMENT],
  words: [
    'a: ',
    '- ',
    '? ',
    '&a ',
    '*a',
    '!vault |\n',
    '|\n  ',
    '>-\n  ',
    '"',
    "'",
    '# c',
    '---\n',
    '...\n',
    '{',
    '}',
    '[',
    ']',
    ': ',
    '\n  ',
  ],
  run(text) {
    const before = valueOf(text)
    const keys = isMapping(before) ? Object.keys(before).slice(0, 5) : ['a']
    for (const key of keys) {
      const edited = editYaml(text, [{ key, pair: 'new:\n  - |\n    text\n' }])
      if (edited === null || !isMapping(before) || 'new' in before) continue
      const after = valueOf(edited)
      hold('an edit leaves YAML', isMapping(after))
      hold('every other value stays', isDeepStrictEqual(without(after, key), without(before, key)))
      hold('the new value is there', isDeepStrictEqual(after['new'], ['text\n']))
    }
  },
}

const varsFile: Target = {
  name: 'vars file',
  samples: [...VARS_FILES, ...CONFIGS],
  words: edit.words,
  run(text) {
    try {
      for (const { span, core, body, line } of readYamlValues(text)) {
        hold(
          'a place lies in the text',
          span.start >= 0 && span.end <= text.length && span.start <= span.end && line >= 1,
        )
        hold(
          'the core lies in its value',
          core.start >= span.start && core.end <= span.end && (body?.end ?? 0) <= span.end,
        )
      }
    } catch (error) {
      if (!(error instanceof YamlSyntaxError)) throw error
      return error.message
    }
  },
}

const ini: Target = {
  name: 'ini inventory',
  samples: INI_INVENTORIES,
  words: ['[', ']', ':vars]', ':children]', '=', '#', ';', '"', "'", '\\', 'ansible_host=', CANARY],
  run(text) {
    try {
      for (const { span } of readIniValues(text)) {
        hold(
          'a place lies in the text',
          span.start >= 0 && span.end <= text.length && span.start <= span.end,
        )
      }
    } catch (error) {
      if (!(error instanceof IniSyntaxError)) throw error
      return error.message
    }
  },
}

const scan: Target = {
  name: 'scan',
  samples: [...VARS_FILES, ...CONFIGS, ...SCRIPTS],
  words: [
    ...edit.words,
    'token: ',
    'K3S_TOKEN=',
    '--token ',
    'vault_token',
    'K10',
    '{{ ',
    ' }}',
    CANARY,
  ],
  run(text) {
    const paths = [
      'group_vars/all.yml',
      'inventory/hosts',
      'deploy.sh',
      '.bash_history',
      'k3s.service',
    ]
    return JSON.stringify(paths.map((path) => inspectText(path, text)))
  },
}

const vault: Target = {
  name: 'vault text',
  samples: VAULT_TEXTS,
  words: ['$ANSIBLE_VAULT', ';1.1', ';1.2', ';AES256', ';prod', '0a', '30', CANARY],
  run(text) {
    const envelope = parseEnvelope(text)
    const { salt, hmac, ciphertext, label } = envelope
    const hex = [salt, hmac, ciphertext].map((part) => part.toString('hex')).join('\n')
    const again = parseEnvelope(formatEnvelope(hex, label ?? ''))
    hold(
      'an envelope that is written is read again',
      [salt, hmac, ciphertext].every((part, index) =>
        part.equals([again.salt, again.hmac, again.ciphertext][index]!),
      ),
    )
    openBytesSync(envelope, PASSWORD)
  },
}

const token: Target = {
  name: 'token',
  samples: TOKENS,
  words: [
    'K10',
    '::',
    ':',
    '.',
    'server:',
    'node:',
    '$ANSIBLE_VAULT',
    '!vault',
    '{{',
    'change-me',
    'K3S_TOKEN=',
    'token: ',
    'Password:',
    '<your-token>',
    '****',
    '_',
    'e+1',
  ],
  run(text) {
    const reports = Object.values(ROLE_PROFILES).flatMap((role) =>
      (['server', 'agent'] as const).map((kind) => inspectToken(text, { kind, role })),
    )
    // A token of a few letters may stand in a sentence by chance.
    if (text.trim().length > 24 && JSON.stringify(reports).includes(text.trim()))
      throw new Broken('a report holds nothing of the token')
    const parsed = parseToken(text)
    hold(
      'a token is read again as it was',
      isSame(parseToken(formatToken(parsed).reveal()), parsed),
    )
  },
}

const hosts: Target = {
  name: 'host pattern',
  samples: HOST_PATTERNS,
  words: ['[', ']', ':', '|', '[1:9]', '[a:f]', '[01:10:3]', '99999', ':22', '::', '.'],
  run(text) {
    const read = readHostPattern(text)
    if ('fault' in read) return
    hold('hosts have a limit', read.names.length <= MOST_HOSTS && read.names.length > 0)
    const isName = (name: string): boolean => /^[^\s,]+$/.test(name)
    hold('a name has no blank and no comma', read.names.every(isName))
  },
}

const settings: Target = {
  name: 'ansible.cfg',
  samples: ANSIBLE_CFGS,
  words: [
    '[defaults]\n',
    '[DEFAULT]\n',
    'vault_password_file',
    'vault_identity_list',
    'vault_id_match',
    '=',
    ':',
    ' ;',
    '#',
    '$HOME',
    '${',
    '}',
    '~',
    '@',
    '-client',
    'prompt',
    '{{CWD}}',
    '\n  ',
  ],
  run(text, folder) {
    writeFileSync(join(folder, 'ansible.cfg'), text)
    const environment = environmentIn(folder, { HOME: folder, A: '${A}$A' })
    const found = readSettings(environment)
    // Paths are told; that they are is what they are for.
    listSources(found, environment).map(describeSource)
  },
}

const glob: Target = {
  name: 'glob',
  samples: ['*', '*.yml', 'group_vars/**', '[a-z]*/?.yml', '!x', '/a/', 'a/**/b', '**/*.y?ml'],
  words: ['*', '**', '?', '[', ']', '[!', '/', '**/', '\\', '(', '+', '$'],
  run(text) {
    const matches = compileGlob(text)
    matches(`${'a'.repeat(200)}/${'b/'.repeat(50)}c.yml`)
    matches('')
  },
}

const commandLine: Target = {
  name: 'command line',
  samples: ARGUMENTS,
  words: [
    '\n--',
    '--json',
    '--',
    '-',
    '=',
    '\nhelp',
    '--no-',
    'token',
    'home',
    '--config',
    '--__proto__',
    '--constructor.x',
    '-vvv',
    CANARY,
  ],
  async run(text, folder) {
    // A descriptor could be one of this process, and a path lead out of the folder.
    const argv = text.split('\n').map((word) => word.replace(/[/~\0]|\.\./g, '').toWellFormed())
    if (argv.some((word) => /^-+fd/.test(word))) return
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { mode: 0o700 })
    writeFileSync(
      join(folder, 'k3s_vars.yml'),
      'clusters: { home: { encrypt: never, probe: false } }\n',
    )
    const [stdout, stderr] = [collect(), collect()]
    const status = await runCommandLine(argv, {
      stdin: Object.assign(new PassThrough().end(CANARY), { isTTY: false }),
      stdout: stdout.stream,
      stderr: stderr.stream,
      environment: environmentIn(folder, { PATH: '/nonexistent', HOME: folder }),
      launcher: undefined,
      now: () => MARK.now,
      randomBytes: (size) => Buffer.alloc(size, 'k3s_vars'),
    })
    hold('no internal error', status !== 1)
    hold(
      'a failure leaves standard output alone',
      status === 0 || status === 8 || stdout.text() === '',
    )
    hold('success is silent on standard error', status !== 0 || !stderr.text().includes('(K3SV_'))
    hold('an error is a line and a hint', stderr.text().trimEnd().split('\n').length <= 2)
    return stderr.text()
  },
}

export const TARGETS: readonly Target[] = [
  config,
  document,
  edit,
  varsFile,
  ini,
  scan,
  vault,
  token,
  hosts,
  settings,
  glob,
  commandLine,
  inventoryCall,
  vaultValues,
  vaultFiles,
]

function collect(): { stream: Writable; text: () => string } {
  let written = ''
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written += chunk.toString()
      done()
    },
  })
  return { stream, text: () => written }
}

/** The mapping without the key that an edit replaces, and without the one that it brings. */
function without(mapping: Record<string, unknown>, key: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(mapping).filter(([name]) => name !== key && name !== 'new'),
  )
}

function valueOf(text: string): unknown {
  try {
    return readYaml(text).value
  } catch (error) {
    if (error instanceof YamlSyntaxError) return undefined
    throw error
  }
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isSame(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(revealed(a), revealed(b))
}

function revealed(value: unknown): unknown {
  if (value instanceof Secret) return String(value.reveal())
  if (Array.isArray(value)) return value.map(revealed)
  if (!isMapping(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revealed(inner)]))
}
