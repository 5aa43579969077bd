// What this folder is: the files that Ansible reads variables from, as somebody meets them who checks, scans or changes them.
// It knows nothing of clusters and stores; the vault commands and the scan are its users.
//
// Begin here, for what Ansible takes a file for. Then the three folders, in the order in which a command goes
// through them: `tree` lists the files that are meant, `vars-file` reads the values of one with their places, `vault-files`
// encrypts, decrypts and rekeys them where they stand.
import { basename, extname } from 'node:path'

/**
 * How the values of a file are written: `either` is YAML or INI, which its text tells; `other` is none that Ansible reads
 * variables from.
 */
export type FileKind = 'yaml' | 'json' | 'ini' | 'either' | 'other'

const BY_EXTENSION: Readonly<Record<string, FileKind>> = {
  '.yml': 'yaml',
  '.yaml': 'yaml',
  '.json': 'json',
  '.ini': 'ini',
}

const OF_INVENTORY = ['group_vars', 'host_vars']

/** The folders that Ansible reads variables from and whose files hold nothing else. */
const OF_VARIABLES = [...OF_INVENTORY, 'vars', 'defaults']

/** In such a folder all the same, and not the variables of a host whose name ends like that. */
const NO_HOST = new Set(['.ini', '.cfg', '.sh', '.j2', '.md', '.txt', '.bak', '.orig', '.rst'])

/** The kind of a file, told by its name as Ansible does; a name without extension is that of an inventory or of variables. */
export function kindOfFile(path: string): FileKind {
  const extension = extname(path)
  if (extension !== '') return BY_EXTENSION[extension.toLowerCase()] ?? 'other'
  if (isBelow(path, OF_INVENTORY)) return 'yaml'
  return /^(?:hosts|inventory)/i.test(basename(path)) ? 'either' : 'other'
}

/** Tells an inventory of INI from one of YAML, which is a mapping, by its first line that is no comment. */
export function kindOfText(text: string): FileKind {
  const line = text.split('\n').find((each) => /^\s*[^#;\s]/.test(each)) ?? ''
  return /^(?:\ufeff)?(?:---|%YAML|\{|\s*[^[\s=]+\s*:(?:\s|$))/.test(line) ? 'yaml' : 'ini'
}

/** Whether a file is one of variables for sure, which may be changed though nobody named it. */
export function isVarsFile(path: string): boolean {
  const kind = kindOfFile(path)
  return (kind === 'yaml' || kind === 'json') && isBelow(path, OF_VARIABLES)
}

/**
 * Whether a file may be one that is read as YAML or JSON. Those of hosts are named like them, without an ending of their own:
 * `host_vars/node1.example.com`.
 */
export function isMaybeYaml(path: string): boolean {
  const extension = extname(path).toLowerCase()
  const known = BY_EXTENSION[extension]
  if (known === 'yaml' || known === 'json') return true
  return isBelow(path, OF_INVENTORY) && !NO_HOST.has(extension)
}

/** Whether a file may be one of variables by its place: anywhere below an inventory's, or directly in a role's. */
export function isMaybeVars(path: string): boolean {
  return isBelow(path, OF_INVENTORY) || OF_VARIABLES.includes(path.split('/').at(-2) ?? '')
}

/** Whether Ansible passes over the name, as do we in folders. */
export function isHidden(path: string): boolean {
  return basename(path).startsWith('.') || path.endsWith('~')
}

function isBelow(path: string, folders: readonly string[]): boolean {
  return path
    .split('/')
    .slice(0, -1)
    .some((part) => folders.includes(part))
}
