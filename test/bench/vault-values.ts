// A thousand values within YAML files: encrypted, rekeyed, decrypted.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findAnsible } from '../support/ansible.js'
import type { Comparison, Contestant, Figure, Suite } from './suite.js'
import { LAUNCHER, NODE } from './workshop.js'
import type { Workshop } from './workshop.js'

const FILES = 20
const VALUES_PER_FILE = 50
const VALUES = FILES * VALUES_PER_FILE

/** Key derivations for each value. What is sealed is opened again before it is written, with the key at hand. */
const DERIVATIONS = { encrypt: 1, rekey: 2, decrypt: 1 } as const
/** Of the time that Ansible's library takes on one core; ours has two. */
const OF_ANSIBLE = { encrypt: 0.6, rekey: 0.6, decrypt: undefined } as const
type Operation = keyof typeof DERIVATIONS
const OPERATIONS = Object.keys(DERIVATIONS) as Operation[]

/** OpenSSL's PBKDF2 on all cores, and nothing else; the salts differ, as everywhere. */
const FLOOR = `
const { pbkdf2, randomBytes } = require('node:crypto')
for (let left = Number(process.argv[2]); left > 0; left--) {
  pbkdf2('bench password', randomBytes(32), 10000, 80, 'sha256', (error) => { if (error) throw error })
}
`

/** What Ansible's own library needs in one process, which neither reads nor edits YAML and opens nothing that it sealed. */
const PYTHON = `
import sys
from ansible.parsing.vault import VaultAES256, VaultLib, VaultSecret
forget = VaultAES256._gen_key_initctr.cache_clear  # real values have a salt each, which no cache helps with
old, new = (VaultLib([('default', VaultSecret(word))]) for word in (b'bench password', b'new password'))
count, operation = int(sys.argv[1]), sys.argv[2]
texts = ['value-%d-abcdefghijklmnopqrstuvwxyz' % index for index in range(count)]
if operation == 'encrypt':
    for text in texts: old.encrypt(text)
else:
    for index in range(count):
        forget()
        text = old.decrypt(SEALED)
        if operation == 'rekey': new.encrypt(text)
`

export function vaultValuesSuite(shop: Workshop): Suite {
  const tree = makeTrees(shop)
  const ansible = findAnsible().at(-1)
  const floor = shop.write('derive.cjs', FLOOR)
  const ours = OPERATIONS.map((operation) => ourContestant(shop, tree, operation))
  const floors = OPERATIONS.map((operation): Contestant => ({
    name: `derive for ${operation}`,
    program: NODE,
    arguments: [floor, String(VALUES * DERIVATIONS[operation])],
    environment: shop.environment,
  }))
  const python = ansible === undefined ? [] : pythonContestants(shop, ansible.python)
  return {
    title: '1,000 values in 20 YAML files',
    floor: 'the same number of PBKDF2 derivations by OpenSSL on all cores, and nothing else',
    contestants: [...ours, ...floors, ...python],
    comparisons: OPERATIONS.flatMap(comparisonsFor),
    ...(ansible && { figures: () => [againstCommand(shop, tree, ansible.vault)] }),
    mostRounds: 2,
  }
}

function comparisonsFor(operation: Operation): Comparison[] {
  return [
    {
      // 0.9 of the rate of OpenSSL.
      what: `\`vault ${operation}\` against its key derivations alone`,
      contestant: operation,
      against: `derive for ${operation}`,
      limit: 1.11,
    },
    {
      what: `\`vault ${operation}\` against Ansible's vault library in one process`,
      contestant: operation,
      against: `python ${operation}`,
      ...(OF_ANSIBLE[operation] !== undefined && { limit: OF_ANSIBLE[operation] }),
    },
  ]
}

interface Trees {
  readonly plain: string
  readonly sealed: string
  /** The one that is worked on. */
  readonly work: string
}

function makeTrees(shop: Workshop): Trees {
  const folder = (name: string): string => join(shop.folder, 'values', name)
  const trees = { plain: folder('plain'), sealed: folder('sealed'), work: folder('work') }
  for (let file = 0; file < FILES; file++) {
    const lines = Array.from({ length: VALUES_PER_FILE }, (_, index) => {
      return `# comment ${index}\ngroup${index}:\n  token: value-${index}-abcdefghijklmnopqrstuvwxyz\n`
    })
    shop.write(`values/plain/file${file}.yml`, lines.join(''))
  }
  cpSync(trees.plain, trees.sealed, { recursive: true })
  execFileSync(LAUNCHER, ['vault', 'encrypt', '--inline', '-q', trees.sealed], {
    env: shop.environment,
  })
  return trees
}

function ourContestant(shop: Workshop, trees: Trees, operation: Operation): Contestant {
  const how = {
    encrypt: ['--inline'],
    rekey: ['--new-vault-id', `new@${shop.write('new', 'new password\n')}`],
    decrypt: [],
  }[operation]
  return {
    name: operation,
    program: LAUNCHER,
    arguments: ['vault', operation, '-q', ...how, trees.work],
    environment: shop.environment,
    before: () => {
      rmSync(trees.work, { recursive: true, force: true })
      const from = operation === 'encrypt' ? trees.plain : trees.sealed
      cpSync(from, trees.work, { recursive: true })
    },
  }
}

function pythonContestants(shop: Workshop, python: string): Contestant[] {
  const seal = `from ansible.parsing.vault import VaultLib, VaultSecret
import sys
sys.stdout.buffer.write(VaultLib([('default', VaultSecret(b'bench password'))]).encrypt('a value'))`
  const sealed = execFileSync(python, ['-c', seal], { env: shop.environment, encoding: 'utf8' })
  const script = shop.write('values.py', `SEALED = ${JSON.stringify(sealed)}\n${PYTHON}`)
  return OPERATIONS.map((operation) => ({
    name: `python ${operation}`,
    program: python,
    arguments: [script, String(VALUES), operation],
    environment: shop.environment,
  }))
}

const SAMPLED = 5

/** The command takes a value at a time; a thousand calls would take minutes, so a few are timed. */
function againstCommand(shop: Workshop, trees: Trees, vault: string): Figure {
  const time = (run: () => void): number => {
    const start = process.hrtime.bigint()
    run()
    return Number(process.hrtime.bigint() - start) / 1e6
  }
  const each = time(() => {
    for (let call = 0; call < SAMPLED; call++) {
      spawnSync(vault, ['encrypt_string', '--stdin-name', 'token'], {
        input: 'a value',
        env: shop.environment,
      })
    }
  })
  const { program, arguments: args, before } = ourContestant(shop, trees, 'encrypt')
  before!()
  const ours = time(() => void spawnSync(program, args, { env: shop.environment }))
  return {
    what: '`ansible-vault encrypt_string` for each value against `vault encrypt`',
    value: ((each / SAMPLED) * VALUES) / ours,
    unit: '×',
    note: `${SAMPLED} calls timed, reckoned for ${VALUES}`,
  }
}
