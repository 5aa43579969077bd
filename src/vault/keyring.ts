// Which passwords are tried on a text, and which one seals (parsing/vault/__init__.py decrypt_and_get_vault_id and
// match_encrypt_secret, cli/vault.py).
import { VaultError } from '../errors.js'
import type { Location } from '../errors.js'
import { openBytes, openBytesSync } from './engine.js'
import { DEFAULT_ID } from './envelope.js'
import type { Envelope } from './envelope.js'
import type { VaultSettings } from './settings.js'
import type { VaultSecret } from './vault.js'

type Matching = Pick<VaultSettings, 'identity' | 'idMatch'>
type Sealing = Pick<VaultSettings, 'encryptIdentity'>

/** The secrets that are at hand, and one line for each source that gave none. */
export interface Keyring {
  readonly secrets: readonly VaultSecret[]
  readonly problems: readonly string[]
}

/**
 * The bytes inside `envelope`.
 * @throws VaultError `K3SV_VAULT_WRONG_PASSWORD`, `K3SV_VAULT_ID` (with vault_id_match), `K3SV_VAULT_PADDING`
 */
export function openWithSync(
  keyring: Keyring,
  envelope: Envelope,
  settings: Matching,
  place?: Location,
): Buffer {
  for (const { password } of candidatesFor(keyring, envelope, settings)) {
    const bytes = openBytesSync(envelope, password, place)
    if (bytes) return bytes
  }
  throw cannotOpen(keyring, envelope, settings, place)
}

/** What was inside an envelope, and the secret that opened it. */
export interface Opened {
  readonly bytes: Buffer
  readonly secret: VaultSecret
}

/** As {@link openWithSync}, in the thread pool. */
export async function openWith(
  keyring: Keyring,
  envelope: Envelope,
  settings: Matching,
  place?: Location,
): Promise<Opened> {
  for (const secret of candidatesFor(keyring, envelope, settings)) {
    const bytes = await openBytes(envelope, secret.password, place)
    if (bytes) return { bytes, secret }
  }
  throw cannotOpen(keyring, envelope, settings, place)
}

/**
 * The secret that seals: the first one of `id`, else of vault_encrypt_identity, else the only one.
 * @throws VaultError `K3SV_VAULT_ID` when nothing chooses, the id has no password, cannot stand in a header, or would
 * make a text that these settings do not open
 */
export function chooseSecret(
  keyring: Keyring,
  settings: Matching & Sealing,
  id: string | undefined,
): VaultSecret {
  const secret = findSecret(keyring, id ?? settings.encryptIdentity)
  const label = secret.id === DEFAULT_ID ? settings.identity : secret.id
  if (candidates(keyring, label, settings).includes(secret)) return secret
  throw new VaultError(
    'K3SV_VAULT_ID',
    'what the vault id seals could not be opened here: vault_identity and vault_id_match exclude it',
    { hint: 'give the password an id of its own: vault_identity_list = ID@FILE' },
  )
}

function findSecret(keyring: Keyring, wanted: string | undefined): VaultSecret {
  const { secrets } = keyring
  if (wanted === undefined && secrets.length > 1) {
    throw new VaultError(
      'K3SV_VAULT_ID',
      `several vault ids could seal, and none is chosen: ${nameIds(secrets)}`,
      { hint: 'set vault_id in k3s_vars.yml, or vault_encrypt_identity in ansible.cfg' },
    )
  }
  const id = wanted ?? secrets[0]!.id
  if (!isUsableId(id)) {
    throw new VaultError('K3SV_VAULT_ID', 'the vault id cannot stand in a vault text', {
      hint: 'use printable ASCII without a semicolon, and no space at its ends',
    })
  }
  const secret = secrets.find((candidate) => candidate.id === id)
  if (secret) return secret
  throw new VaultError(
    'K3SV_VAULT_ID',
    `the vault id ${id} has no password; there are passwords for: ${nameIds(secrets)}`,
    { hint: hintFor(keyring, `add ${id}@FILE to vault_identity_list`) },
  )
}

/**
 * Without vault_id_match Ansible tries all in order. The same password opens in any order, so those that go by the
 * label are tried first here and spare a key derivation. It never tries an empty id on a text of the empty label.
 */
function candidates({ secrets }: Keyring, label: string, settings: Matching): VaultSecret[] {
  const named = label === '' ? [] : secrets.filter(({ id }) => id === label)
  return settings.idMatch ? named : [...named, ...secrets.filter(({ id }) => id !== label)]
}

function candidatesFor(keyring: Keyring, envelope: Envelope, settings: Matching): VaultSecret[] {
  return candidates(keyring, envelope.label ?? settings.identity, settings)
}

function cannotOpen(
  keyring: Keyring,
  envelope: Envelope,
  settings: Matching,
  place: Location | undefined,
): VaultError {
  const tried = candidatesFor(keyring, envelope, settings)
  const label = describeLabel(envelope.label)
  if (tried.length === 0) {
    const ids = nameIds(keyring.secrets)
    const message = `ansible tries no password on the text ${label}, as vault_id_match and vault_identity are set; there are passwords for: ${ids}`
    return new VaultError('K3SV_VAULT_ID', message, {
      location: place,
      hint: hintFor(
        keyring,
        'add the id with its password to vault_identity_list, or take vault_id_match away',
      ),
    })
  }
  const message = `no password opens the text ${label}, or it is damaged; tried: ${nameSources(tried)}`
  return new VaultError('K3SV_VAULT_WRONG_PASSWORD', message, {
    location: place,
    hint: hintFor(
      keyring,
      'compare the password with what the others have, or name the password that sealed it in vault_identity_list; a text that was changed: bring it back as it was',
    ),
  })
}

/** A source that gave no password is the likelier reason. */
function hintFor({ problems }: Keyring, otherwise: string): string {
  return problems.length > 0 ? problems.join('; ') : otherwise
}

/** A label is not authenticated and may be anything, so only an ordinary name is shown. */
function describeLabel(label: string | undefined): string {
  if (!label) return 'without a vault id'
  return isUsableId(label) && label.length <= 100
    ? `of vault id ${label}`
    : 'of an unusual vault id'
}

/** Each id with the file, script or question that its password came from. */
function nameSources(secrets: readonly VaultSecret[]): string {
  return secrets.map(({ id, origin }) => `${id} (${origin})`).join(', ')
}

function nameIds(secrets: readonly VaultSecret[]): string {
  return secrets.map(({ id }) => id).join(', ')
}

/** Ansible writes any id, but reads back no header that is not ASCII, and strips each of its fields. */
function isUsableId(id: string): boolean {
  return /^[!-~](?:[ -~]*[!-~])?$/.test(id) && !id.includes(';')
}
