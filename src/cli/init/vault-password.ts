// The vault password that seals the tokens of a project. A new one is made only where nothing is sealed yet: it would open
// nothing that is.
import { basename } from 'node:path'
import { kindOfFile, isMaybeYaml } from '../../ansible-files/file-kind.js'
import { listFiles } from '../../ansible-files/tree/list.js'
import { K3sVarsError } from '../../errors.js'
import { readIfThere } from '../files.js'
import { hasTokens } from './project.js'
import type { Project } from './project.js'

const NEW_FILE = '.vault_password'

/** Whether nothing names a vault password, though tokens are to be sealed. */
export function lacksPassword({ config, vault }: Project): boolean {
  const isSealing =
    config === undefined ||
    config instanceof K3sVarsError ||
    config.clusters.some(({ encrypt }) => encrypt === 'always')
  return isSealing && vault.sources.length === 0
}

/**
 * The password file of the project, relative to its folder: the one that its ansible.cfg names, or a new one. Undefined where
 * passwords come from elsewhere, or where the file is missing and a new password would not open what is sealed.
 */
export function passwordFile(project: Project): string | undefined {
  const { cfg, settings } = project
  const named = settings.passwordFile
  const isOwn = named?.origin === cfg.file
  if (named === undefined && !lacksPassword(project)) return undefined
  const file = named === undefined ? NEW_FILE : project.shown(named.value)
  if (file.startsWith('/') || (named !== undefined && !isOwn)) return undefined
  return project.exists(file) || !isSealed(project) ? file : undefined
}

/** Whether some password has sealed a token, or anything else of the project's. */
export function isSealed(project: Project): boolean {
  return hasTokens(project) || sealedFile(project) !== undefined
}

/** A file of the project with vault text in it, relative to its folder. */
function sealedFile({ folder, environment }: Project): string | undefined {
  const here = { ...environment, cwd: folder }
  const { files } = listFiles(['.'], { environment: here, ignore: [], gitIgnored: 'skip' })
  return files
    .filter(({ path }) => isMaybeYaml(path) || kindOfFile(path) === 'either' || isVaultName(path))
    .find(({ file }) => readIfThere(file)?.includes('$ANSIBLE_VAULT;'))?.path
}

function isVaultName(path: string): boolean {
  return /vault/i.test(basename(path))
}
