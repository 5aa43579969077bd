// What `k3s-vars init` would do, as data: nothing that exists is ever changed, so every step is a new file or a remark.
import type { Secret } from '../../secret.js'
import { LAUNCHER_TEXT } from './launcher-text.js'
import { ansibleCfgText, configText, VAULT_SETTING } from './texts.js'

/** What there is before. Paths are relative to the folder. */
export interface Situation {
  readonly exists: (path: string) => boolean
  /** The vault password file that an existing ansible.cfg names; undefined without such a setting, or without the file. */
  readonly passwordFile: string | undefined
  /** Whether an existing ansible.cfg configures vault passwords in another way. */
  readonly hasOtherPasswords: boolean
  /** Whether the folder already keeps tokens, which a new password could not open. */
  readonly hasTokens: boolean
  /** Whether Git ignores the path, by a file here or above. */
  readonly isIgnored: (path: string) => boolean
}

export interface InitOptions {
  readonly cluster: string
  readonly role: string
  readonly launcher: boolean
  /** The text of a new vault password file. */
  readonly password: () => Secret
}

export type Step =
  | {
      readonly action: 'create'
      readonly path: string
      readonly text: string | Secret
      readonly mode: number
    }
  | { readonly action: 'keep'; readonly path: string }
  /** Something that only the user can do. */
  | { readonly action: 'advise'; readonly path: string; readonly advice: string }

const CONFIG = 'k3s_vars.yml'
const ANSIBLE_CFG = 'ansible.cfg'
const LAUNCHER = 'plugins/k3s_vars'
const GITIGNORE = '.gitignore'
const PASSWORD_FILE = '.vault_password'

/** The steps of `init`, in their order. */
export function planInit(situation: Situation, options: InitOptions): Step[] {
  const { cluster, role } = options
  const ensure = (path: string, text: () => string, mode = 0o644): Step =>
    situation.exists(path)
      ? { action: 'keep', path }
      : { action: 'create', path, text: text(), mode }
  return [
    ensure(CONFIG, () => configText(cluster, role)),
    ensure(ANSIBLE_CFG, () => ansibleCfgText(options.launcher ? LAUNCHER : undefined)),
    ...planPassword(situation, options),
    ...(options.launcher ? [ensure(LAUNCHER, () => LAUNCHER_TEXT, 0o755)] : []),
  ]
}

function planPassword(situation: Situation, { password }: InitOptions): Step[] {
  const isConfigured = situation.exists(ANSIBLE_CFG)
  const path = isConfigured ? situation.passwordFile : PASSWORD_FILE
  if (path === undefined) {
    if (situation.hasOtherPasswords) return []
    const advice = `it names no vault password: add ${VAULT_SETTING}, and run this again`
    return [{ action: 'advise', path: ANSIBLE_CFG, advice }]
  }
  if (situation.exists(path)) return [{ action: 'keep', path }, ...planIgnore(situation, path)]
  if (situation.hasTokens) {
    const advice =
      'it is missing, and a new password would not open the tokens kept here: bring the former one back'
    return [{ action: 'advise', path, advice }]
  }
  return [{ action: 'create', path, text: password(), mode: 0o600 }, ...planIgnore(situation, path)]
}

/** A password file outside the folder is none of its Git's business. */
function planIgnore(situation: Situation, path: string): Step[] {
  if (path.startsWith('/') || path.startsWith('..') || situation.isIgnored(path)) return []
  const line = `/${path}`
  return situation.exists(GITIGNORE)
    ? [
        {
          action: 'advise',
          path: GITIGNORE,
          advice: `it lets Git take the vault password: add the line ${line}`,
        },
      ]
    : [{ action: 'create', path: GITIGNORE, text: `${line}\n`, mode: 0o644 }]
}
