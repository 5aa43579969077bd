import { rekeying } from '../../ansible-files/vault-files/rekey.js'
import type { Call, Command } from '../command.js'
import {
  ONLY_ID,
  PASSWORD_OPTIONS,
  PATHS,
  SCOPE_OPTIONS,
  TREE_OPTIONS,
  TRIAL_OPTIONS,
} from '../vault/options.js'
import { readNewPassword, readPasswords } from '../vault/passwords.js'
import type { Passwords } from '../vault/passwords.js'
import { runOperation } from '../vault/run-operation.js'
import type { FileResult } from '../vault/run-operation.js'
import { idsOf, matchesOf, scopeOf } from '../vault/scope.js'
import { selectFiles } from '../vault/select-files.js'
import { modeOf, printResults } from '../vault/print-results.js'
import type { VaultSecret } from '../../vault/vault.js'

export const VAULT_REKEY: Command = {
  usage: 'vault rekey <paths..>',
  summary: 'Encrypt files and values with another password; run it again after an interruption',
  positionals: { paths: PATHS },
  options: {
    'new-vault-id': {
      type: 'text',
      value: 'ID',
      describe:
        'What to seal with: label@file, label@prompt, or a vault id that has a password here',
      excludes: ['new-vault-password-file'],
    },
    'new-vault-password-file': {
      type: 'text',
      value: 'FILE',
      describe: 'The file or script of the new password, without a vault id',
    },
    'only-vault-id': ONLY_ID,
    ...SCOPE_OPTIONS,
    ...TRIAL_OPTIONS,
    ...TREE_OPTIONS,
    ...PASSWORD_OPTIONS,
  },
  examples: [
    [
      'vault rekey . --new-vault-id prod@~/.new_prod --only-vault-id prod',
      'a new password for prod',
    ],
    ['vault rekey group_vars --new-vault-id prod', 'everything there to the vault id prod'],
  ],
  interrupted: 'each file is the old one or the new one; run it again to go on',
  run: rekey,
}

async function rekey(call: Call): Promise<number> {
  const selection = selectFiles(call, 'sealed')
  const passwords = readPasswords(call)
  const secret = readNewPassword(call, passwords)
  const operation = rekeying({ keychain: passwords.keychain, secret, ids: idsOf(call) })
  const results = await runOperation(call, selection, operation, {
    label: 'rekeying',
    mode: modeOf(call) === 'do' ? 'do' : 'plan',
    scope: scopeOf(call),
    matches: matchesOf(call),
  })
  const status = printResults(call, results, { done: 'rekeyed', plain: 'rekey' })
  remind(call, results, passwords, secret)
  return status
}

/** What was rekeyed to a password that Ansible does not have yet would fail the next play. */
function remind(
  call: Call,
  results: readonly FileResult[],
  { keychain }: Passwords,
  secret: () => VaultSecret,
): void {
  const isRekeyed = results.some(({ changes }) => changes.length > 0)
  if (modeOf(call) !== 'do' || !isRekeyed || keychain().opens(secret())) return
  call.report.warn(
    `Ansible does not have the new password yet: name ${secret().id}@FILE in vault_identity_list of ansible.cfg`,
  )
}
