import { readdirSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import type { Environment } from '../../environment.js'
import { UsageError } from '../../errors.js'
import { fileError, inBrackets } from '../../files/file-error.js'
import { askGit } from '../../files/git.js'
import { isFolder, lstatIfThere } from '../../files/look.js'
import { readSettings } from '../../vault/settings.js'
import { readIfThere } from '../files.js'
import type { Io } from '../io.js'
import type { Situation } from './plan.js'

/**
 * What lies in a folder, as far as `init` has to know.
 * @param dir absolute
 * @throws VaultError `K3SV_VAULT_CONFIG` where its ansible.cfg cannot be read as Ansible reads it
 */
export function lookAround(dir: string, { environment }: Io): Situation {
  const { home } = environment
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
    isIgnored: (path) => isIgnored(dir, path, environment),
  }
}

/** Also a link that points nowhere is there. */
function isThere(path: string): boolean {
  try {
    return lstatIfThere(path) !== undefined
  } catch (error) {
    const why = inBrackets(fileError(error, path).errno)
    throw new UsageError('K3SV_USAGE', `the folder of --dir cannot be looked at${why}`, {
      hint: 'look at its rights, and at where links lead',
    })
  }
}

function hasDocuments(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => name.endsWith('.yml'))
  } catch {
    return false
  }
}

/**
 * Git itself tells. Where there is no repository yet, or no Git, only the line counts that `init` itself writes, so that it
 * does not write it again.
 */
function isIgnored(dir: string, path: string, environment: Environment): boolean {
  const file = join(dir, path)
  const folder = nearestFolder(dirname(file))
  const args = ['check-ignore', '--quiet', '--', relative(folder, file)]
  const { status } = askGit({ folder, args, environment })
  if (status === 0 || status === 1) return status === 0
  const lines = (readIfThere(join(dir, '.gitignore')) ?? '').split(/\r?\n/)
  return lines.some((line) => [basename(path), path, `/${path}`].includes(line.trim()))
}

/** The folder, or the nearest one above it that is there already. */
function nearestFolder(folder: string): string {
  return isFolder(folder) || dirname(folder) === folder ? folder : nearestFolder(dirname(folder))
}
