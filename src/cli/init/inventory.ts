// What Ansible says of a project's inventory, without anything of ours: neither our source nor our plugin is run.
import { dirname, join, resolve } from 'node:path'
import { readdirSync } from 'node:fs'
import type { HostVariables } from '../../ansible-play/host-variables.js'
import { AnsiblePrograms } from '../../ansible-play/programs.js'
import type { PlaySettings } from '../../ansible-play/settings.js'
import { absoluteSources, isOurs } from '../../ansible-play/sources.js'
import { K3sVarsError, UsageError } from '../../errors.js'
import { isFile, isFolder } from '../../files/look.js'
import type { Call } from '../command.js'
import type { Project } from './project.js'

/** An inventory that somebody else keeps. */
export interface InventoryLook {
  /** As `-i` wants them, absolute; ours is not among them. */
  readonly sources: readonly string[]
  /** Whether a play has them without `-i`. */
  readonly isConfigured: boolean
  readonly hosts: HostVariables
  readonly programs: AnsiblePrograms
  readonly playbookDir: string
}

/** What can be told of the inventory sources of a project. */
export interface SourcesLook {
  /** Undefined: there is none but ours, or Ansible could not be asked. */
  readonly inventory: InventoryLook | undefined
  /** Whether our inventory source is among those that a play has. */
  readonly hasOurs: boolean
  /** Why Ansible could not be asked; that is no error where everything else is known. */
  readonly failure: K3sVarsError | undefined
}

/**
 * Asks Ansible with the sources of `-i`, or else with those that it is configured with.
 * @throws UsageError for a source that is not there; ClusterError `K3SV_CLUSTER_ANSIBLE` for one that Ansible cannot read
 */
export async function askInventory(project: Project, call: Call): Promise<SourcesLook> {
  const { environment } = call.io
  const named = absoluteSources(call.input.list('inventory'), environment.cwd)
  if (!isFolder(project.folder)) return { inventory: undefined, hasOurs: false, failure: undefined }
  const settings = await readSettings(project, call)
  if (settings instanceof K3sVarsError) {
    if (named.length > 0) throw settings
    return { inventory: undefined, hasOurs: false, failure: settings }
  }
  const configured = settings.sources.origin === undefined ? [] : settings.sources.value
  const all = named.length > 0 ? named : configured
  const sources = all.filter((source) => !isOurs(source))
  const hasOurs = configured.some(isOurs)
  if (sources.length === 0) return { inventory: undefined, hasOurs, failure: undefined }
  for (const source of sources) requireThere(source, project, named.length > 0)
  const programs = programsOf(project, call, withoutOurs(settings))
  const question = { sources, playbookDir: project.folder }
  const hosts = await programs.inventory(question)
  const isConfigured = named.length === 0 || named.every((source) => configured.includes(source))
  return { inventory: { ...question, isConfigured, hosts, programs }, hasOurs, failure: undefined }
}

async function readSettings(project: Project, call: Call): Promise<PlaySettings | K3sVarsError> {
  try {
    return await programsOf(project, call).settings()
  } catch (error) {
    if (error instanceof K3sVarsError) return error
    throw error
  }
}

function programsOf(
  { folder }: Project,
  { io }: Call,
  variables: Readonly<Record<string, string>> = {},
): AnsiblePrograms {
  const environment = {
    ...io.environment,
    cwd: folder,
    variables: { ...io.environment.variables, ...variables },
  }
  return new AnsiblePrograms({ environment, randomBytes: io.randomBytes, now: io.now })
}

/** The variables that keep our vars plugin out, so that it hides no value of the user's. */
function withoutOurs({ varsPlugins, varsPluginPath }: PlaySettings): Record<string, string> {
  const names = varsPlugins.value.filter((name) => !/(?:^|\.)k3s_vars$/.test(name))
  const folders = varsPluginPath.value.filter((folder) => !isFile(join(folder, 'k3s_vars.py')))
  return {
    // An empty variable would be the current folder.
    ANSIBLE_VARS_PLUGINS: folders.join(':') || '/nonexistent',
    ANSIBLE_VARS_ENABLED: names.join(',') || 'host_group_vars',
  }
}

/** Ansible passes over a source that is missing with a warning, which nobody would see. */
function requireThere(source: string, { shown }: Project, isNamed: boolean): void {
  if (source.includes(',') || isFile(source) || isFolder(source)) return
  const samples = samplesNear(source).map(shown)
  const make = samples.length === 0 ? 'make it' : `make it, from ${samples.join(' or ')}`
  throw new UsageError(
    'K3SV_USAGE',
    `the inventory that ${isNamed ? '-i' : 'ansible.cfg'} names is not there`,
    { location: { file: source }, hint: `${make}; or name the one that you use with -i` },
  )
}

/** What a project ships to be copied: `inventory-sample.yml`, `sample/`. */
function samplesNear(source: string): string[] {
  const places = [dirname(source), dirname(dirname(source)), resolve(dirname(source), 'docs')]
  return [...new Set(places)].flatMap((place) => {
    try {
      return readdirSync(place)
        .filter((name) => /sample|example/i.test(name) && !name.endsWith('.cfg'))
        .map((name) => join(place, name))
    } catch {
      return []
    }
  })
}
