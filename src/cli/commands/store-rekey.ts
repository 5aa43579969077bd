import { isUtf8 } from 'node:buffer'
import { chooseClusters } from '../../config/choose.js'
import { EXIT_STATUS, VaultError } from '../../errors.js'
import type { Location } from '../../errors.js'
import { rekeyCluster } from '../../lifecycle/rekey.js'
import type { Rekeyed, RekeyVault } from '../../lifecycle/rekey.js'
import { Secret } from '../../secret.js'
import { idOf, sealWith, tryOpen } from '../../vault/keychain.js'
import { answer } from '../answer.js'
import type { Call, Command } from '../command.js'
import { openConfig, openLifecycle } from '../context.js'
import { PASSWORD_OPTIONS } from '../vault/options.js'
import { readNewPassword, readPasswords } from '../vault/passwords.js'
import type { Passwords } from '../vault/passwords.js'
import type { Vault, VaultSecret } from '../../vault/vault.js'
import { VAULT_REKEY } from './vault-rekey.js'

export const STORE_REKEY: Command = {
  usage: 'store rekey [clusters..]',
  summary:
    'Seal token documents with another vault password, in any store; run it again after an interruption',
  positionals: {
    clusters: { type: 'list', describe: 'The clusters; all of them if none is named' },
  },
  options: {
    'new-vault-id': VAULT_REKEY.options['new-vault-id']!,
    'new-vault-password-file': VAULT_REKEY.options['new-vault-password-file']!,
    ...PASSWORD_OPTIONS,
  },
  examples: [
    ['store rekey --new-vault-id prod@~/.new_prod', 'a new password for every cluster'],
    ['store rekey prod --new-vault-id prod', 'one cluster, to a vault id of ansible.cfg'],
  ],
  interrupted: 'each document is the old one or the new one; run it again to go on',
  run: storeRekey,
}

const WORDS: Readonly<Record<Rekeyed, string>> = {
  rekeyed: 'rekeyed',
  unchanged: 'unchanged: nothing is sealed with another password',
  absent: 'has no token yet',
}

async function storeRekey(call: Call): Promise<number> {
  const { input, io, report } = call
  const config = openConfig(call)
  const lifecycle = openLifecycle(call, config)
  const clusters = chooseClusters(config, input.list('clusters'))
  const passwords = readPasswords(call)
  const secret = readNewPassword(call, passwords)
  const rekeying = { ...lifecycle, vault: rekeyVault(lifecycle.vault, passwords, secret) }
  const progress = report.progress('rekeying', clusters.length, () => io.now().getTime())
  const told: { readonly cluster: string; readonly outcome: Rekeyed }[] = []
  try {
    for (const cluster of clusters) {
      const outcome = await rekeyCluster(rekeying, cluster)
      told.push({ cluster: cluster.name, outcome })
      progress.step()
    }
  } finally {
    progress.end()
  }
  answer(
    call,
    { clusters: told },
    told.map(({ cluster, outcome }) => `${cluster}: ${WORDS[outcome]}`),
  )
  const isRekeyed = told.some(({ outcome }) => outcome === 'rekeyed')
  if (isRekeyed && !passwords.keychain().opens(secret())) {
    // What Ansible cannot open would fail the next play.
    report.warn(
      `Ansible does not have the new password yet: name ${secret().id}@FILE in vault_identity_list of ansible.cfg`,
    )
  }
  return EXIT_STATUS.done
}

function rekeyVault(usual: Vault, { keychain }: Passwords, secret: () => VaultSecret): RekeyVault {
  return {
    openSync: (text, location) => usual.openSync(text, location),
    passwordsThat: (test) => usual.passwordsThat(test),
    isDone: async (text, location) =>
      idOf(text, location) === secret().id &&
      (await tryOpen(text, secret(), location)) !== undefined,
    open: async (text, location) => {
      const bytes =
        idOf(text, location) === secret().id ? await tryOpen(text, secret(), location) : undefined
      return asText(bytes ?? (await keychain().open(text, location)).bytes, location)
    },
    seal: (plain) => sealWith(secret(), Buffer.from(plain.reveal())),
  }
}

/** Whoever sealed a token sealed text. */
function asText(bytes: Buffer, location: Location | undefined): Secret {
  if (isUtf8(bytes)) return new Secret(bytes.toString())
  throw new VaultError('K3SV_VAULT_NOT_TEXT', 'the vault text does not hold UTF-8 text', {
    location,
    hint: 'restore the document from a backup',
  })
}
