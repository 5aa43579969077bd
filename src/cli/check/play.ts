// The play that a check is about: the very sources and settings that ansible-playbook would have here, and nothing added.
import { dirname, join, resolve } from 'node:path'
import type { AnsiblePrograms, CoreVersion, PlayArguments } from '../../ansible-play/programs.js'
import type { PlaySettings } from '../../ansible-play/settings.js'
import { absoluteSources, isOurs } from '../../ansible-play/sources.js'
import type { Config } from '../../config/config.js'
import type { Location } from '../../errors.js'
import { isFile } from '../../files/look.js'
import { readIfThere } from '../files.js'
import type { Io } from '../io.js'

/** What a play sees, and with which Ansible. */
export interface Play {
  readonly programs: AnsiblePrograms
  /** As Ansible is asked. */
  readonly arguments: PlayArguments
  readonly version: CoreVersion | undefined
  readonly settings: PlaySettings
  /** The sources in their order, absolute. */
  readonly sources: readonly string[]
  /** Where the sources are named: `-i`, a variable, an ansible.cfg, or nowhere. */
  readonly origin: 'arguments' | 'variable' | 'configuration' | 'default'
  /** Our launcher, as the play would name it. */
  readonly launcher: string
}

/** What a play is started with, besides what Ansible is configured with. */
export interface PlayOptions {
  /** The values of `-i`; empty: those that Ansible is configured with. */
  readonly sources: readonly string[]
  /** Absent: the configuration's own folder. */
  readonly playbookDir: string | undefined
}

/** @throws ClusterError `K3SV_CLUSTER_ANSIBLE` where Ansible is missing, or refuses its own configuration */
export async function openPlay(
  programs: AnsiblePrograms,
  options: PlayOptions,
  { config, io }: { readonly config: Config; readonly io: Io },
): Promise<Play> {
  const { cwd } = io.environment
  const [version, settings] = await Promise.all([programs.version(), programs.settings()])
  const { value, origin } = settings.sources
  const isNamed = options.sources.length > 0
  return {
    programs,
    version,
    settings,
    arguments: {
      sources: options.sources,
      playbookDir: resolve(cwd, options.playbookDir ?? dirname(config.file)),
    },
    sources: isNamed ? absoluteSources(options.sources, cwd) : value,
    origin: isNamed ? 'arguments' : originOf(origin),
    launcher: launcherOf(config),
  }
}

function originOf(origin: string | undefined): Play['origin'] {
  if (origin === undefined) return 'default'
  return origin.startsWith('/') ? 'configuration' : 'variable'
}

/** The project's own, or else its name. */
function launcherOf(config: Config): string {
  const own = join(dirname(config.file), 'plugins/k3s_vars')
  return isFile(own) ? own : 'plugins/k3s_vars'
}

/** Whether our inventory source is among those of the play, by its name. */
export function namesOurSource({ sources }: Play): boolean {
  return sources.some(isOurs)
}

/** Whether Ansible is configured to run our vars plugin, or finds it without. */
export function findsOurPlugin({ settings, arguments: { playbookDir } }: Play): boolean {
  const { varsPlugins, varsPluginPath } = settings
  return (
    varsPlugins.value.some((name) => name === 'k3s_vars' || name === 'k3s_vars.token.k3s_vars') ||
    [...varsPluginPath.value, join(playbookDir, 'vars_plugins')].some((folder) =>
      isFile(join(folder, 'k3s_vars.py')),
    )
  )
}

/** The place of a setting in the ansible.cfg that is used; undefined without one. */
export function placeOfSetting(
  { settings: { configFile } }: Play,
  key: string,
): Location | undefined {
  if (configFile === undefined) return undefined
  const lines = (readIfThere(configFile) ?? '').split('\n')
  const index = lines.findIndex((line) => new RegExp(`^\\s*${key}\\s*[=:]`, 'i').test(line))
  return { file: configFile, ...(index !== -1 && { line: index + 1 }), key }
}
