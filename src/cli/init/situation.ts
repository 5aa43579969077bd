import { lstatSync, readdirSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { readSettings } from '../../vault/settings.js'
import { readIfThere } from '../files.js'
import type { Io } from '../io.js'
import type { Situation } from './plan.js'

/**
 * What lies in a folder, as far as `init` has to know.
 * @param dir absolute
 * @throws VaultError `K3SV_VAULT_CONFIG` where its ansible.cfg cannot be read as Ansible reads it
 */
export function lookAround(dir: string, { environment: { home } }: Io): Situation {
  const cfg = join(dir, 'ansible.cfg')
  // Variables of the moment are left out: what init sets up has to work without them.
  const settings = isThere(cfg)
    ? readSettings({ variables: { ANSIBLE_CONFIG: cfg }, cwd: dir, home })
    : undefined
  const passwordFile = settings?.passwordFile?.value
  return {
    exists: (path) => isThere(join(dir, path)),
    passwordFile: passwordFile === undefined ? undefined : relative(dir, passwordFile),
    hasOtherPasswords: settings?.identityList !== undefined || settings?.askPassword !== undefined,
    hasTokens: hasDocuments(join(dir, 'k3s_tokens')),
    isIgnored: (path) => isIgnored(join(dir, path)),
  }
}

/** Also a link that points nowhere is there. */
function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

function hasDocuments(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => name.endsWith('.yml'))
  } catch {
    return false
  }
}

/** Looks for the plain name in the .gitignore files from the file's folder up to the repository's top. */
function isIgnored(path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const below = relative(folder, path)
    const lines = (readIfThere(join(folder, '.gitignore')) ?? '').split(/\r?\n/)
    if (lines.some((line) => [basename(path), below, `/${below}`].includes(line.trim())))
      return true
    if (isThere(join(folder, '.git')) || dirname(folder) === folder) return false
  }
}
