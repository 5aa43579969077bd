import { decrypting } from '../../ansible-files/vault-files/decrypt.js'
import type { Call, Command } from '../command.js'
import {
  ONLY_ID,
  PASSWORD_OPTIONS,
  PATHS_OR_INPUT,
  SCOPE_OPTIONS,
  TREE_OPTIONS,
  TRIAL_OPTIONS,
} from '../vault/options.js'
import { readPasswords } from '../vault/passwords.js'
import { runOperation } from '../vault/run-operation.js'
import { idsOf, matchesOf, scopeOf } from '../vault/scope.js'
import { selectFiles } from '../vault/select-files.js'
import { isInput, runOnInput } from '../vault/standard-input.js'
import { modeOf, printResults } from '../vault/print-results.js'

export const VAULT_DECRYPT: Command = {
  usage: 'vault decrypt [paths..]',
  summary: 'Decrypt files and values in place',
  positionals: { paths: PATHS_OR_INPUT },
  options: {
    ...SCOPE_OPTIONS,
    'only-vault-id': ONLY_ID,
    ...TRIAL_OPTIONS,
    ...TREE_OPTIONS,
    ...PASSWORD_OPTIONS,
  },
  examples: [
    ['vault decrypt group_vars', 'everything below group_vars, files and values'],
    ['vault decrypt -k token inventory.yml', 'the values of token alone'],
    ['vault decrypt - < sealed.txt', 'what comes on standard input, to standard output'],
  ],
  interrupted: 'each file is the old one or the new one; run it again to go on',
  run: decrypt,
}

const VERB = { done: 'decrypted', plain: 'decrypt' }

async function decrypt(call: Call): Promise<number> {
  const { keychain } = readPasswords(call)
  const operation = decrypting({ keychain, ids: idsOf(call) })
  if (isInput(call, 'input')) {
    const what = { scope: scopeOf(call), matches: matchesOf(call) }
    return runOnInput(call, operation, { ...what, verb: VERB })
  }
  const selection = selectFiles(call, 'sealed')
  const results = await runOperation(call, selection, operation, {
    label: 'decrypting',
    mode: modeOf(call) === 'do' ? 'do' : 'plan',
    scope: scopeOf(call),
    matches: matchesOf(call),
  })
  return printResults(call, results, VERB)
}
