// Deriving a key takes about as long as loading and reading everything else, and another core can do it meanwhile. So the
// derivation that this run will most likely need is begun before anything is loaded. This is a guess: files are read as a
// simple project has them, and whatever is not simple ends it. Nothing is believed, refused or told because of it: all is
// read again with every check, and the vault takes the key only for the very password and salt that it would have used.
import { readFileSync, statSync } from 'node:fs'
import type { Environment } from '../environment.js'
import { Secret } from '../secret.js'
import type { DerivedKey } from '../vault/derived-key.js'

/** What a guess is made from. */
export interface PrefetchInput {
  readonly environment: Environment
  /** The launcher's path as it was called. */
  readonly launcher: string
}

/** Bytes; a larger file is not the one that was thought of. */
const MOST_BYTES = 64 * 1024
/** Hexadecimal digits of the salt, each of which is written as two again. */
const SALT_DIGITS = 64
const ROUNDS = 10_000
const KEY_BYTES = 80

/** Begins to derive the key of the first cluster's token; undefined where nothing simple is found. */
export function prefetchKey(input: PrefetchInput): DerivedKey | undefined {
  try {
    const salt = findSalt(input)
    const password = salt && findPassword(input)
    return password && { password, salt, key: derive(password, salt) }
  } catch {
    return undefined
  }
}

function derive(password: Secret<Buffer>, salt: Buffer): DerivedKey['key'] {
  const { pbkdf2 } = process.getBuiltinModule('node:crypto')
  return new Promise((resolve) => {
    pbkdf2(password.reveal(), salt, ROUNDS, KEY_BYTES, 'sha256', (error, key) =>
      resolve(error ? undefined : new Secret(key)),
    )
  })
}

function findSalt(input: PrefetchInput): Buffer | undefined {
  const file = findConfig(input)
  const config = file && readSmall(file)
  // What is not opened here needs no key.
  if (!config || config.includes('vaulted')) return undefined
  const cluster = /^clusters:[\s{"']*([a-z0-9_-]+)/m.exec(config)?.[1]
  if (!cluster) return undefined
  const store = /^ *store: *["']?([^\s"'#]+)/m.exec(config)?.[1] ?? 'k3s_tokens'
  const document = readSmall(`${under(file.slice(0, file.lastIndexOf('/')), store)}/${cluster}.yml`)
  const header = document.indexOf('$ANSIBLE_VAULT;')
  if (header === -1) return undefined
  let digits = ''
  for (let at = document.indexOf('\n', header) + 1; digits.length < 2 * SALT_DIGITS; at++) {
    const digit = document[at]
    if (digit === undefined) return undefined
    if (digit > ' ') digits += digit
  }
  const salt = Buffer.from(Buffer.from(digits, 'hex').toString('latin1'), 'hex')
  return salt.length === SALT_DIGITS / 2 ? salt : undefined
}

function findConfig({ environment, launcher }: PrefetchInput): string | undefined {
  const { variables, cwd } = environment
  const named = variables['K3S_VARS_CONFIG']
  if (named) return under(cwd, named)
  const folder = under(cwd, launcher.slice(0, launcher.lastIndexOf('/')))
  return [cwd, folder, `${folder}/..`]
    .map((place) => `${place}/k3s_vars.yml`)
    .find((file) => statSync(file, { throwIfNoEntry: false }) !== undefined)
}

function findPassword({
  environment: { variables, cwd },
}: PrefetchInput): Secret<Buffer> | undefined {
  if (variables['ANSIBLE_VAULT_IDENTITY_LIST'] || variables['ANSIBLE_CONFIG']) return undefined
  const file = variables['ANSIBLE_VAULT_PASSWORD_FILE'] ?? configuredFile(cwd)
  const password = file && readSmall(under(cwd, file)).trim()
  // A password need not be UTF-8, but then it was not read as it is.
  return password && !password.includes('\ufffd') ? new Secret(Buffer.from(password)) : undefined
}

function configuredFile(cwd: string): string | undefined {
  const settings = readSmall(`${cwd}/ansible.cfg`)
  return /^vault_password_file *[=:] *(\S+)$/m.exec(settings)?.[1]
}

/** Not node:path's own, which costs a millisecond in a program that was just started: the system takes `..` as well. */
function under(folder: string, path: string): string {
  return path.startsWith('/') ? path : `${folder}/${path}`
}

/**
 * What a small regular file holds. A pipe must not be opened, because what is read from it is gone,
 * and a script must not be taken for a password.
 */
function readSmall(file: string): string {
  const { size, mode } = statSync(file)
  const isPlain = (mode & 0o170111) === 0o100000
  return isPlain && size <= MOST_BYTES ? readFileSync(file, 'utf8') : ''
}
