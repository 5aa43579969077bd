// The places that Ansible takes vault passwords from, in its order (cli/__init__.py build_vault_ids and split_vault_id).
import { accessSync, constants, statSync } from 'node:fs'
import type { Stats } from 'node:fs'
import { VaultError } from '../errors.js'
import { expandPath } from './expand-path.js'
import type { Environment } from '../environment.js'
import type { VaultSettings } from './settings.js'

export type SourceKind = 'file' | 'script' | 'client script' | 'prompt'

export interface PasswordSource {
  /** The vault id that the password goes by. */
  readonly id: string
  /** What a client script is told with `--vault-id`; `''`: it is told nothing. */
  readonly label: string
  /** The variable, or the ansible.cfg, that names the source. */
  readonly origin: string
  /** The absolute path; undefined for a prompt. */
  readonly path: string | undefined
  /** Whether the name is that of a client script; it runs as one only if it is executable. */
  readonly isClient: boolean
}

/** A source as it can be described without reading it. */
export interface SourceReport {
  readonly id: string
  readonly origin: string
  readonly path: string | undefined
  /** Undefined when there is nothing at the path. */
  readonly kind: SourceKind | undefined
  /** Why no password can come from here; undefined: nothing is wrong as far as can be seen from outside. */
  readonly problem: string | undefined
}

const PROMPTS = ['prompt', 'prompt_ask_vault_pass']
const ANY_EXECUTE = 0o111

/** A source named on the command line: `label@source` or `source`, and the option that names it. */
export interface GivenSource {
  readonly text: string
  readonly origin: string
}

/**
 * The sources that `settings` name: the identity list, the password file, the prompt.
 * @param given stand behind the identity list, as in Ansible
 */
export function listSources(
  settings: VaultSettings,
  environment: Environment,
  given: readonly GivenSource[] = [],
): readonly PasswordSource[] {
  const { identityList, passwordFile, askPassword, identity } = settings
  const entries = (identityList?.value ?? []).map((text) => ({
    text,
    origin: identityList!.origin,
  }))
  entries.push(...given)
  // Ansible, too, makes one string of both and takes it apart again, so an @ in vault_identity splits it.
  if (passwordFile) {
    entries.push({ text: `${identity}@${passwordFile.value}`, origin: passwordFile.origin })
  }
  if (askPassword) {
    entries.push({ text: `${identity}@prompt_ask_vault_pass`, origin: askPassword.origin })
  }
  return entries.map(({ text, origin }) => {
    const at = text.indexOf('@')
    const label = text.slice(0, Math.max(at, 0))
    const location = text.slice(at + 1)
    return {
      id: label || identity,
      label,
      origin,
      path: PROMPTS.includes(location)
        ? undefined
        : expandPath(location, environment.cwd, environment),
      isClient: /-client(?:\.[^./]*)?$/.test(location),
    }
  })
}

/**
 * What kind of source lies at the path. Any execute bit makes a script, whoever it is for, as in Ansible.
 * @throws VaultError `K3SV_VAULT_PASSWORD_SOURCE` when nothing, or a folder, lies there
 */
export function kindOf(source: PasswordSource): SourceKind {
  if (source.path === undefined) return 'prompt'
  const stats = statOf(source.path)
  if (!stats) throw sourceError(source, 'is missing', missingHint(source))
  if (stats.isDirectory())
    throw sourceError(source, 'is a folder', `name a file in ${source.origin}`)
  if ((stats.mode & ANY_EXECUTE) === 0) return 'file'
  return source.isClient ? 'client script' : 'script'
}

/** The source, looked at from outside: nothing is read, run or asked. */
export function describeSource(source: PasswordSource): SourceReport {
  const { id, origin, path } = source
  try {
    const kind = kindOf(source)
    const mode = kind === 'file' ? constants.R_OK : constants.X_OK
    const isUsable = path === undefined || isAccessible(path, mode)
    const denied = kind === 'file' ? 'may not be read by this user' : 'may not be run by this user'
    const problem = isUsable ? undefined : sourceError(source, denied, '').message
    return { id, origin, path, kind, problem }
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    return { id, origin, path, kind: undefined, problem: error.message }
  }
}

/** `K3SV_VAULT_PASSWORD_SOURCE`: `the vault password file <path> (<origin>) <what is wrong>`. */
export function sourceError(source: PasswordSource, wrong: string, hint: string): VaultError {
  return new VaultError(
    'K3SV_VAULT_PASSWORD_SOURCE',
    `the vault password file ${source.path} (from ${source.origin}) ${wrong}`,
    { hint },
  )
}

/** A new password opens nothing that is sealed, so `init` makes one only where there are no tokens yet. */
function missingHint({ origin }: PasswordSource): string {
  return `it is never in Git: get it from who keeps it and put it there, mode 0600, or correct its path in ${origin}; for a project without tokens \`k3s-vars init\` makes a new vault_password_file`
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}

function isAccessible(path: string, mode: number): boolean {
  try {
    accessSync(path, mode)
    return true
  } catch {
    return false
  }
}
