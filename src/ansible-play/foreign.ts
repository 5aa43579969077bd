// What a play would see if there were nothing of ours: neither our source nor our vars plugin is run, so that no value of the
// user's is hidden behind one of ours.
import { delimiter, join } from 'node:path'
import { isFile } from '../files/look.js'
import type { HostVariables } from './host-variables.js'
import { AnsiblePrograms } from './programs.js'
import type { Asker, PlayArguments } from './programs.js'
import type { PlaySettings } from './settings.js'
import { isOurs } from './sources.js'

/** An inventory that somebody else keeps. */
export interface ForeignInventory {
  /** As `-i` wants them, absolute; ours is not among them. */
  readonly sources: readonly string[]
  readonly playbookDir: string
  readonly hosts: HostVariables
  /** Asks more in the same way. */
  readonly programs: AnsiblePrograms
}

/** The sources of a play that are not ours, and whether it has one of ours. */
export interface ForeignSources {
  readonly sources: readonly string[]
  /** Those that Ansible is configured with, ours among them; empty: with none. */
  readonly configured: readonly string[]
  readonly settings: PlaySettings
}

/**
 * @param named the values of `-i`, absolute; empty: those that Ansible is configured with
 * @throws ClusterError `K3SV_CLUSTER_ANSIBLE`
 */
export async function foreignSources(
  asker: Asker,
  named: readonly string[],
): Promise<ForeignSources> {
  const settings = await new AnsiblePrograms(asker).settings()
  const configured = settings.sources.origin === undefined ? [] : settings.sources.value
  const sources = (named.length > 0 ? named : configured).filter((source) => !isOurs(source))
  return { sources, configured, settings }
}

/**
 * The hosts with the variables that they have without us.
 * @throws ClusterError `K3SV_CLUSTER_ANSIBLE`
 */
export async function askWithoutOurs(
  asker: Asker,
  question: PlayArguments,
  settings: PlaySettings,
): Promise<ForeignInventory> {
  const { environment } = asker
  const variables = { ...environment.variables, ...withoutOurs(settings) }
  const programs = new AnsiblePrograms({ ...asker, environment: { ...environment, variables } })
  return { ...question, hosts: await programs.inventory(question), programs }
}

/** The variables that keep our vars plugin out. An empty one would be the current folder. */
function withoutOurs({ varsPlugins, varsPluginPath }: PlaySettings): Record<string, string> {
  const names = varsPlugins.value.filter((name) => !/(?:^|\.)k3s_vars$/.test(name))
  const folders = varsPluginPath.value.filter((folder) => !isFile(join(folder, 'k3s_vars.py')))
  return {
    ANSIBLE_VARS_PLUGINS: folders.join(delimiter) || '/nonexistent',
    ANSIBLE_VARS_ENABLED: names.join(',') || 'host_group_vars',
  }
}
