// ansible.cfg as Ansible finds and reads it (config/manager.py find_ini_config_file and _parse_config_file, 2.15 to 2.21).
import { accessSync, constants, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { VaultError } from '../errors.js'
import { readGuarded } from '../files/guarded-read.js'
import { isFolder } from '../files/look.js'
import { expandPath } from './expand-path.js'
import type { Environment } from '../environment.js'
import { parseIni, REFUSED_HINT } from './ini.js'
import type { IniSections } from './ini.js'

const WORLD_WRITABLE = 0o002

export interface AnsibleCfg {
  /** The file that was read; undefined when there is none. */
  readonly file: string | undefined
  /** An ansible.cfg that is left out because everybody can write its folder, the current one. */
  readonly ignored: string | undefined
  /** Section → its keys in lower case, those of `[DEFAULT]` behind them; empty without a file. */
  readonly sections: IniSections
}

/**
 * The ansible.cfg that Ansible would use here: the first readable one of `ANSIBLE_CONFIG` (a file, or a folder that holds
 * one), the current folder, `~/.ansible.cfg` and `/etc/ansible/ansible.cfg`.
 * @throws VaultError `K3SV_VAULT_CONFIG` where Ansible refuses the file, too
 */
export function readAnsibleCfg(environment: Environment): AnsibleCfg {
  const local = join(environment.cwd, 'ansible.cfg')
  const isPublic = isWorldWritable(environment.cwd)
  const candidates = [
    namedByEnvironment(environment),
    isPublic === false ? local : undefined,
    expandPath('~/.ansible.cfg', environment.cwd, environment),
    '/etc/ansible/ansible.cfg',
  ]
  const file = candidates.find((path) => path !== undefined && isReadable(path))
  const ignored = isPublic && file !== local && isReadable(local) ? local : undefined
  return { file, ignored, sections: file === undefined ? new Map() : load(file) }
}

function namedByEnvironment(environment: Environment): string | undefined {
  const value = environment.variables['ANSIBLE_CONFIG']
  if (value === undefined) return undefined
  const path = expandPath(value, environment.cwd, environment)
  return isFolder(path) ? join(path, 'ansible.cfg') : path
}

/** Undefined when the folder cannot be looked at. */
function isWorldWritable(folder: string): boolean | undefined {
  try {
    return (statSync(folder).mode & WORLD_WRITABLE) !== 0
  } catch {
    return undefined
  }
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK)
    return true
  } catch {
    return false
  }
}

function load(file: string): IniSections {
  if (!['.cfg', '.ini'].includes(extname(file))) {
    throw refusal(file, 'its name must end in .cfg or .ini')
  }
  const sections = parseIni(readText(file), file)
  // As configparser has it, [DEFAULT] stands behind every section, and so behind none that is missing.
  const behind = sections.get('DEFAULT') ?? []
  return new Map([...sections].map(([name, own]) => [name, new Map([...behind, ...own])]))
}

/** One that Ansible itself generates, with every setting in it, has some hundred kilobytes. */
const MOST_BYTES = 16 * 1024 * 1024

/** Ansible lets pass what is not UTF-8, such as comments of another time; here U+FFFD stands for it. */
function readText(file: string): string {
  try {
    const found = readGuarded(file, { from: 'file', links: 'follow', most: MOST_BYTES })
    if (found !== null) return found.bytes.toString()
  } catch {
    // Told as one that is gone.
  }
  throw refusal(file, 'it cannot be read')
}

function refusal(file: string, reason: string): VaultError {
  return new VaultError('K3SV_VAULT_CONFIG', `ansible refuses this ansible.cfg: ${reason}`, {
    location: { file },
    hint: REFUSED_HINT,
  })
}
