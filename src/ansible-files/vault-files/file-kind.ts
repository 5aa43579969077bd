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

const VARS_FOLDERS = ['group_vars', 'host_vars']

/** The folders that Ansible reads variables from and whose files hold nothing else. */
const SEALABLE_FOLDERS = [...VARS_FOLDERS, 'vars', 'defaults']

/** The kind of a file, told by its name as Ansible does; a name without extension is that of an inventory or of variables. */
export function kindOfFile(path: string): FileKind {
  const extension = extname(path)
  if (extension !== '') return BY_EXTENSION[extension.toLowerCase()] ?? 'other'
  if (isBelow(path, VARS_FOLDERS)) return 'yaml'
  return /^(?:hosts|inventory)/i.test(basename(path)) ? 'either' : 'other'
}

/** Tells an inventory of INI from one of YAML, which is a mapping, by its first line that is no comment. */
export function kindOfText(text: string): FileKind {
  const line = text.split('\n').find((each) => /^\s*[^#;\s]/.test(each)) ?? ''
  return /^(?:\ufeff)?(?:---|%YAML|\{|\s*[^[\s=]+\s*:(?:\s|$))/.test(line) ? 'yaml' : 'ini'
}

/** Whether a file that a folder brings in, and nobody named, is one of variables alone. */
export function isVarsFile(path: string): boolean {
  const kind = kindOfFile(path)
  return (kind === 'yaml' || kind === 'json') && isBelow(path, SEALABLE_FOLDERS)
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
