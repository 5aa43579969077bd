// The passwords of a vault command. What is typed for an option is never repeated: a secret may stand in the wrong place.
import { existsSync } from 'node:fs'
import { UsageError, VaultError } from '../../errors.js'
import { Secret } from '../../secret.js'
import { expandPath } from '../../vault/expand-path.js'
import { Keychain, loadOne, namedIds } from '../../vault/keychain.js'
import type { PasswordAccess, Prompt } from '../../vault/passwords.js'
import type { GivenSource } from '../../vault/sources.js'
import type { VaultSecret } from '../../vault/vault.js'
import type { Call } from '../command.js'
import { promptOf } from '../prompt.js'
import type { Io } from '../io.js'

const PROMPTS = ['prompt', 'prompt_ask_vault_pass']

/** The passwords of a call, looked up at the first use. */
export interface Passwords {
  readonly keychain: () => Keychain
  /** The one that seals what lies open. */
  readonly sealing: () => VaultSecret
}

/** @throws UsageError, VaultError for an option that names what is not there */
export function readPasswords(call: Call): Passwords {
  const { input, io } = call
  const access = accessOf(io)
  const named = input.list('vault-id').map((text) => readId('vault-id', text, access))
  const given = [
    ...named.flatMap(({ source }) => source ?? []),
    ...input
      .list('vault-password-file')
      .map((path) => passwordFile('vault-password-file', path, access)),
    ...(input.has('ask-vault-pass') ? [fromTerminal('ask-vault-pass')] : []),
  ]
  const sealingId = input.text('encrypt-vault-id')
  if (sealingId !== undefined && !namedIds({ access, given }).includes(sealingId)) {
    throw unknownId('encrypt-vault-id', namedIds({ access, given }))
  }
  const keychain = once(() => {
    const isNone = namedIds({ access, given }).length === 0 && access.prompt !== undefined
    return new Keychain({ access, given: isNone ? [fromTerminal('prompt')] : given })
  })
  const only = named.length === 1 ? named[0]!.id : undefined
  return { keychain, sealing: once(() => keychain().choose(sealingId ?? only)) }
}

/**
 * The password that a rekeying seals with, looked up at the first use.
 * @throws UsageError where none is named and nobody can be asked
 */
export function readNewPassword(call: Call, { keychain }: Passwords): () => VaultSecret {
  const { input, io } = call
  const access = accessOf(io)
  const prompt = access.prompt && confirmed(access.prompt)
  const file = input.text('new-vault-password-file')
  const text = input.text('new-vault-id')
  if (file !== undefined) {
    const source = passwordFile('new-vault-password-file', file, access)
    return once(() => loadOne({ ...access, prompt }, source))
  }
  if (text !== undefined) {
    const { id, source } = readId('new-vault-id', text, access)
    return once(() => (source ? loadOne({ ...access, prompt }, source) : keychain().choose(id)))
  }
  if (prompt === undefined) {
    throw new UsageError('K3SV_USAGE', 'there is no new password to rekey with', {
      hint: 'give --new-vault-id label@file, the name of a configured id, or --new-vault-password-file FILE',
    })
  }
  return once(() => loadOne({ ...access, prompt }, fromTerminal('prompt')))
}

function accessOf(io: Io): PasswordAccess {
  return { environment: io.environment, prompt: promptOf(io) }
}

interface NamedId {
  readonly id: string | undefined
  /** Undefined where Ansible's settings have the password. */
  readonly source: GivenSource | undefined
}

/** As ansible-vault, but that the name of a configured id stands for itself. */
function readId(option: string, text: string, access: PasswordAccess): NamedId {
  const [label, location] = splitLabel(text)
  const isThere =
    PROMPTS.includes(location) ||
    existsSync(expandPath(location, access.environment.cwd, access.environment))
  if (label === undefined && namedIds({ access, given: [] }).includes(text)) {
    if (!isThere) return { id: text, source: undefined }
    throw new UsageError(
      'K3SV_USAGE',
      `what --${option} names is both a vault id and a file here`,
      { hint: 'write ./FILE for the file, or run it in another folder' },
    )
  }
  if (!isThere)
    throw missing(
      option,
      label === undefined ? 'neither a vault id with a password nor a file' : 'no file',
    )
  return { id: label, source: { text, origin: `--${option}` } }
}

function splitLabel(text: string): [string | undefined, string] {
  const at = text.indexOf('@')
  return at < 0 ? [undefined, text] : [text.slice(0, at) || undefined, text.slice(at + 1)]
}

function passwordFile(option: string, path: string, access: PasswordAccess): GivenSource {
  const absolute = expandPath(path, access.environment.cwd, access.environment)
  if (!existsSync(absolute)) throw missing(option, 'no file')
  return { text: `@${absolute}`, origin: `--${option}` }
}

function fromTerminal(option: string): GivenSource {
  return { text: 'prompt_ask_vault_pass', origin: `--${option}` }
}

function missing(option: string, what: string): VaultError {
  return new VaultError('K3SV_VAULT_PASSWORD_SOURCE', `--${option} names ${what}`, {
    hint: 'it takes label@file, label@prompt, a file, or the name of a vault id of ansible.cfg',
  })
}

function unknownId(option: string, ids: readonly string[]): VaultError {
  const known = ids.length === 0 ? 'no vault id is configured' : `there are: ${ids.join(', ')}`
  return new VaultError(
    'K3SV_VAULT_ID',
    `--${option} names a vault id without a password; ${known}`,
    {
      hint: 'name a source with it, as label@file, or add that to vault_identity_list in ansible.cfg',
    },
  )
}

/** A new password is asked for twice, since what it seals could not be opened after a slip. */
function confirmed(prompt: Prompt): Prompt {
  return (id) => {
    const first = prompt(`new, ${id}`)
    if (first.equals(prompt(`new, ${id}, once more`))) return new Secret(first.reveal())
    throw new UsageError('K3SV_USAGE', 'the two new passwords differ', { hint: 'run it again' })
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | { readonly error: unknown } | undefined
  return () => {
    if (made === undefined) {
      try {
        made = { value: make() }
      } catch (error) {
        made = { error }
      }
    }
    if ('error' in made) throw made.error
    return made.value
  }
}
