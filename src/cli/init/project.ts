// What lies in a folder that Ansible is run in, as far as `init` has to know. Looked at before anything is written, and once
// more afterwards, so that what is told of it is what is really there.
import { lstatSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import type { Config } from '../../config/config.js'
import { loadConfig } from '../../config/load.js'
import type { Environment } from '../../environment.js'
import { K3sVarsError, UsageError } from '../../errors.js'
import { fileError, inBrackets } from '../../files/file-error.js'
import { lstatIfThere } from '../../files/look.js'
import { readAnsibleCfg } from '../../vault/ansible-cfg.js'
import type { IniSections } from '../../vault/ini.js'
import { describeVault } from '../../vault/create.js'
import type { VaultReport } from '../../vault/create.js'
import { readSettings } from '../../vault/settings.js'
import type { VaultSettings } from '../../vault/settings.js'
import type { StoreSpec } from '../../store-spec.js'
import { GitView } from './git-view.js'

export const CONFIG = 'k3s_vars.yml'
export const CONFIG_NAMES = [CONFIG, 'k3s_vars.yaml']
export const ANSIBLE_CFG = 'ansible.cfg'
export const LAUNCHER = 'plugins/k3s_vars'
export const STORE = 'k3s_tokens'

/** The ansible.cfg of a project. */
export interface ProjectCfg {
  /** The file that the project's settings belong into, absolute; it need not be there. */
  readonly file: string
  readonly isThere: boolean
  /** Its settings; empty where it is not there. */
  readonly sections: IniSections
  /** The one outside the project that Ansible uses here, and would no longer use. */
  readonly hidden?: { readonly file: string; readonly sections: IniSections }
  /** Whether Ansible leaves it out because everybody can write its folder. */
  readonly isIgnored: boolean
}

export interface Project {
  /** Absolute. */
  readonly folder: string
  readonly cfg: ProjectCfg
  /** The vault passwords that Ansible would have here, and the settings that say so. */
  readonly vault: VaultReport
  readonly settings: VaultSettings
  /** What `k3s_vars.yml` says, or the error that it ends in; undefined without one. */
  readonly config: Config | K3sVarsError | undefined
  /** Whether something lies there; a link that points nowhere does. Paths are relative to the folder. */
  readonly exists: (path: string) => boolean
  readonly git: GitView
  readonly environment: Environment
  /** A path as people read it and as files say it: relative to the folder where it lies in it, else absolute. */
  readonly shown: (path: string) => string
}

/**
 * @param folder absolute; it need not be there
 * @throws VaultError `K3SV_VAULT_CONFIG` where its ansible.cfg cannot be read as Ansible reads it
 */
export function lookAt(folder: string, environment: Environment): Project {
  const here = { ...environment, cwd: folder }
  return {
    folder,
    cfg: lookAtCfg(folder, here),
    vault: describeVault(here),
    settings: readSettings(here),
    config: readConfig(folder, here),
    exists: (path) => isThere(join(folder, path)),
    git: new GitView(folder, environment),
    environment,
    shown: (path) => nameIn(folder, resolve(folder, path)),
  }
}

function lookAtCfg(folder: string, environment: Environment): ProjectCfg {
  const { file, ignored, sections } = readAnsibleCfg(environment)
  const own = join(folder, ANSIBLE_CFG)
  const isNamed = environment.variables['ANSIBLE_CONFIG'] !== undefined && file !== undefined
  if (file !== undefined && (file === own || (isNamed && !isOfMachine(file, environment)))) {
    return { file, isThere: true, sections, isIgnored: false }
  }
  const hidden = file !== undefined && ignored === undefined ? { hidden: { file, sections } } : {}
  const isIgnored = ignored !== undefined
  return { file: own, isThere: isThere(own), sections: new Map(), isIgnored, ...hidden }
}

/** Whether it is one for every project of a user or machine. */
function isOfMachine(file: string, { home }: Environment): boolean {
  return file.startsWith('/etc/') || (home !== undefined && dirname(file) === home)
}

/** Where the configuration cannot be loaded, that is one of the things that are left to do. */
function readConfig(folder: string, environment: Environment): Config | K3sVarsError | undefined {
  if (!CONFIG_NAMES.some((name) => isThere(join(folder, name)))) return undefined
  const variables = { ...environment.variables, K3S_VARS_CONFIG: undefined }
  try {
    return loadConfig({ environment: { ...environment, variables } })
  } catch (error) {
    if (error instanceof K3sVarsError) return error
    throw error
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

/** Whether the folder already keeps tokens, which a new password could not open; a store that lies elsewhere may. */
export function hasTokens({ folder, config }: Project): boolean {
  const stores: readonly StoreSpec[] =
    config === undefined || config instanceof K3sVarsError
      ? [{ kind: 'file', folder: join(folder, STORE) }]
      : config.clusters.map(({ store }) => store)
  const folders = stores.flatMap((store) => (store.kind === 'file' ? [store.folder] : []))
  if (folders.length < stores.length) return true
  return [...new Set(folders)].some((store) => {
    try {
      return readdirSync(store).some((name) => name.endsWith('.yml'))
    } catch {
      return false
    }
  })
}

function nameIn(folder: string, path: string): string {
  const below = relative(folder, path)
  return below.startsWith('..') ? path : below || '.'
}

/** The mode of a regular file, or undefined. */
export function modeOf(path: string): number | undefined {
  try {
    const stats = lstatSync(path)
    return stats.isFile() ? stats.mode & 0o777 : undefined
  } catch {
    return undefined
  }
}
