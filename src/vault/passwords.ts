// Loads vault passwords as Ansible does (cli/__init__.py setup_vault_secrets): a source that fails is passed over as long
// as another one answers.
import type { Environment } from '../environment.js'
import { VaultError } from '../errors.js'
import { FileError } from '../files/file-error.js'
import { readGuarded } from '../files/guarded-read.js'
import { Secret } from '../secret.js'
import { isVaultText, parseEnvelope } from './envelope.js'
import { openWithSync } from './keyring.js'
import type { Keyring } from './keyring.js'
import { runScript } from './script.js'
import type { ScriptRun } from './script.js'
import type { VaultSettings } from './settings.js'
import { kindOf, listSources, sourceError } from './sources.js'
import type { GivenSource, PasswordSource } from './sources.js'
import type { VaultSecret } from './vault.js'

/** Asks for the password of a vault id on a terminal. */
export type Prompt = (id: string) => Secret<Buffer>

export interface PasswordAccess {
  readonly environment: Environment
  /** Absent: there is no terminal, and sources that ask are passed over. */
  readonly prompt?: Prompt | undefined
  /** Why a source is left alone, in words that go on behind its name; undefined: it is used. Absent: all are. */
  readonly refuse?: ((source: PasswordSource) => RefusedSource | undefined) | undefined
}

/** Why a source of a password is neither read nor run, and what changes that. */
export interface RefusedSource {
  readonly reason: string
  readonly hint: string
}

/** The bytes that Python's bytes.strip() takes off. */
const SPACE = [...Buffer.from(' \t\n\r\v\f')]
const LINE_END = [...Buffer.from('\r\n')]

/**
 * All passwords that Ansible would have here, in its order.
 * @throws VaultError when there is none: `K3SV_VAULT_NO_PASSWORD` when no source is configured, else the code of what is
 * wrong with the last source, naming every one
 * @param given sources of the command line
 */
export function loadKeyring(
  settings: VaultSettings,
  access: PasswordAccess,
  given: readonly GivenSource[] = [],
): Keyring {
  const secrets: VaultSecret[] = []
  const problems: VaultError[] = []
  for (const source of listSources(settings, access.environment, given)) {
    try {
      const refused = access.refuse?.(source)
      if (refused) throw sourceError(source, refused.reason, refused.hint)
      secrets.push(loadSecret(source, { secrets, problems: [] }, settings, access))
    } catch (error) {
      // A prompt that fails was broken off by the person at it, so nothing else is asked; Ansible stops there, too.
      if (!(error instanceof VaultError) || (access.prompt && source.path === undefined))
        throw error
      problems.push(error)
    }
  }
  if (secrets.length === 0) throw nothingLoaded(settings, problems)
  return { secrets, problems: problems.map(({ message }) => message) }
}

function loadSecret(
  source: PasswordSource,
  earlier: Keyring,
  settings: VaultSettings,
  access: PasswordAccess,
): VaultSecret {
  const { id, path, label } = source
  if (path === undefined) {
    return { id, password: new Secret(ask(source, access.prompt)), origin: 'prompt' }
  }
  const kind = kindOf(source)
  const password =
    kind === 'file'
      ? readPasswordFile(source, path, earlier, settings)
      : readScript({ path, askedId: kind === 'client script' ? label : undefined }, access)
  return { id, password: new Secret(password), origin: path }
}

/** The whole file is the password, without outer white space; vault text in it is opened with an earlier password. */
function readPasswordFile(
  source: PasswordSource,
  path: string,
  earlier: Keyring,
  settings: VaultSettings,
): Buffer {
  const content = trim(readSource(source, path), SPACE)
  const text = content.toString('latin1')
  const password = isVaultText(text) ? openPasswordFile(source, text, earlier, settings) : content
  if (password.length === 0)
    throw sourceError(source, 'is empty', `bring its content back, or correct ${source.origin}`)
  return password
}

/** A password has some bytes, and vault text of one some hundred. */
const MOST_BYTES = 1024 * 1024

/** What a shell makes of `<(…)`, and standard input: somebody is at the other end. Any other pipe or device could be waited for for ever. */
const DESCRIPTOR = /^\/(?:dev\/(?:fd\/\d+|stdin)|proc\/self\/fd\/\d+)$/

function readSource(source: PasswordSource, path: string): Buffer {
  try {
    const from = DESCRIPTOR.test(path) ? 'stream' : 'file'
    const found = readGuarded(path, { from, links: 'follow', most: MOST_BYTES })
    if (found !== null) return found.bytes
  } catch (error) {
    if (error instanceof FileError && error.reason === 'too large') {
      throw sourceError(source, 'is larger than 1 MiB', 'see whether it is the right file')
    }
  }
  throw sourceError(source, 'cannot be read', 'name a regular file that you may read')
}

function openPasswordFile(
  source: PasswordSource,
  text: string,
  earlier: Keyring,
  settings: VaultSettings,
): Buffer {
  if (earlier.secrets.length === 0) {
    throw sourceError(
      source,
      'is vault text, and no password comes before it to open it',
      'name the password that opens it in front of it in vault_identity_list',
    )
  }
  try {
    return trim(openWithSync(earlier, parseEnvelope(text), settings), LINE_END)
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    throw sourceError(source, `is vault text that does not open: ${error.message}`, error.hint)
  }
}

/** Spaces at the ends belong to a script's password, unlike a file's. */
function readScript(run: ScriptRun, access: PasswordAccess): Buffer {
  const password = trim(runScript(run, access.environment), LINE_END)
  if (password.length > 0) return password
  throw new VaultError(
    'K3SV_VAULT_SCRIPT',
    `the vault password script ${run.path} printed no password`,
    { hint: 'run the script by hand: the password has to come on its standard output' },
  )
}

function ask({ id, origin }: PasswordSource, prompt: Prompt | undefined): Buffer {
  if (!prompt) {
    throw new VaultError(
      'K3SV_VAULT_NO_PASSWORD',
      `the password of vault id ${id} (from ${origin}) is asked for at a prompt, and there is no terminal here`,
      { hint: 'name a password file or script instead of prompt' },
    )
  }
  const password = trim(prompt(id).reveal(), SPACE)
  if (password.length > 0) return password
  throw new VaultError(
    'K3SV_VAULT_PASSWORD_SOURCE',
    `an empty password was given for vault id ${id}`,
    { hint: 'run it again and type the password' },
  )
}

function nothingLoaded({ cfg }: VaultSettings, problems: readonly VaultError[]): VaultError {
  const last = problems.at(-1)
  if (last) {
    const message = problems.map((problem) => problem.message).join('; ')
    return new VaultError(last.code, message, { hint: last.hint })
  }
  const hint = cfg.ignored
    ? `everybody can write the folder of ${cfg.ignored}, so it is not read; take that permission away`
    : 'set vault_password_file in ansible.cfg, or ANSIBLE_VAULT_PASSWORD_FILE'
  return new VaultError('K3SV_VAULT_NO_PASSWORD', 'no vault password is configured', { hint })
}

function trim(bytes: Buffer, unwanted: readonly number[]): Buffer {
  const isWanted = (byte: number): boolean => !unwanted.includes(byte)
  // Where none is wanted, this is the part from -1 to 0, which is empty.
  return bytes.subarray(bytes.findIndex(isWanted), bytes.findLastIndex(isWanted) + 1)
}
