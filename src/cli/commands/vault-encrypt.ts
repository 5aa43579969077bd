import { compileKeys } from '../../ansible-files/vault-files/keys.js'
import { encrypting } from '../../ansible-files/vault-files/encrypt.js'
import type { Left } from '../../ansible-files/vault-files/change.js'
import { UNCHANGED } from '../../ansible-files/vault-files/operation.js'
import type { Operation } from '../../ansible-files/vault-files/operation.js'
import type { Call, Command } from '../command.js'
import { isTokenValue } from '../vault/token-values.js'
import {
  PASSWORD_OPTIONS,
  PATHS_OR_INPUT,
  SCOPE_OPTIONS,
  TREE_OPTIONS,
  TRIAL_OPTIONS,
} from '../vault/options.js'
import { readPasswords } from '../vault/passwords.js'
import { runOperation } from '../vault/run-operation.js'
import { selectFiles } from '../vault/select-files.js'
import { isInput, runOnInput } from '../vault/standard-input.js'
import { modeOf, printResults } from '../vault/print-results.js'

export const VAULT_ENCRYPT: Command = {
  usage: 'vault encrypt [paths..]',
  summary: 'Encrypt whole files of variables, or single values within them',
  positionals: { paths: PATHS_OR_INPUT },
  options: {
    inline: {
      type: 'flag',
      describe:
        'Encrypt values within YAML files: those of --key, else those under the names of tokens, as `scan` knows them',
    },
    key: SCOPE_OPTIONS['key']!,
    'encrypt-vault-id': {
      type: 'text',
      value: 'ID',
      describe: 'The vault id to seal with, if there are several',
    },
    comments: {
      type: 'flag',
      isOnByDefault: true,
      describe: 'Keep the quotes of a value in a comment, so that decrypt can bring them back',
    },
    ...TRIAL_OPTIONS,
    ...TREE_OPTIONS,
    ...PASSWORD_OPTIONS,
  },
  examples: [
    ['vault encrypt --inline group_vars', 'the tokens in all files below group_vars'],
    ['vault encrypt --inline -k "*_password" -n .', 'what it would do to all passwords'],
    [
      'vault encrypt --vault-id prod group_vars/prod/vault.yml',
      'a whole file, with the vault id prod',
    ],
    ['vault encrypt - < notes.txt', 'what comes on standard input, to standard output'],
  ],
  interrupted: 'each file is the old one or the new one; run it again to go on',
  run: encrypt,
}

const VERB = { done: 'encrypted', plain: 'encrypt' }

async function encrypt(call: Call): Promise<number> {
  const { input } = call
  const keys = input.list('key')
  const isInline = input.has('inline') || keys.length > 0
  const scope = isInline ? ('inline' as const) : ('whole' as const)
  const matches = keys.length > 0 ? compileKeys(keys) : isTokenValue
  const { sealing } = readPasswords(call)
  const operation = encrypting({
    secret: sealing,
    comments: input.has('comments') ? 'keep-style' : 'none',
  })
  if (isInput(call, 'input')) {
    return runOnInput(call, refusingEmpty(operation), { scope, matches, verb: VERB })
  }
  const selection = selectFiles(call, isInline ? 'values' : 'seal')
  const results = await runOperation(call, selection, operation, {
    label: 'encrypting',
    mode: modeOf(call) === 'do' ? 'do' : 'plan',
    scope,
    matches,
  })
  return printResults(call, results, VERB)
}

/**
 * Nothing on standard input is what a failed program before us leaves, or a variable of the shell that should have named a file.
 * `ansible-vault` seals it.
 */
function refusingEmpty(operation: Operation): Operation {
  return async (source, options) =>
    source.bytes.length > 0 ? operation(source, options) : { ...UNCHANGED, left: EMPTY }
}

const EMPTY: Left = {
  why: 'nothing',
  text: 'is empty',
  hint: 'see what the command in front of it said; name a file to encrypt one',
}
