// What Ansible says of a project's inventory, without anything of ours: neither our source nor our plugin is run.
import { basename, dirname, join } from 'node:path'
import type { HostVariables } from '../../ansible-play/host-variables.js'
import { AnsiblePrograms } from '../../ansible-play/programs.js'
import type { PlaySettings } from '../../ansible-play/settings.js'
import { absoluteSources, isOurs } from '../../ansible-play/sources.js'
import { ClusterError, UsageError } from '../../errors.js'
import type { K3sVarsError } from '../../errors.js'
import { isFile, isFolder } from '../../files/look.js'
import { splitList } from '../../vault/setting.js'
import type { Call } from '../command.js'
import { chooseLying, pathsIn, SAMPLE } from './lying-inventory.js'
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
  /** Why Ansible could not be asked, which is told where a configuration is there already. */
  readonly failure: K3sVarsError | undefined
}

const NOTHING: SourcesLook = { inventory: undefined, hasOurs: false, failure: undefined }

/**
 * Asks Ansible with the sources of `-i`, or those that it is configured with, or the one inventory that lies in the folder.
 * @throws UsageError for a source that is not there, and for several that lie there; ClusterError `K3SV_CLUSTER_ANSIBLE`
 */
export async function askInventory(project: Project, call: Call): Promise<SourcesLook> {
  const named = absoluteSources(call.input.list('inventory'), call.io.environment.cwd)
  const configured = configuredSources(project)
  if (named.length === 0 && configured.length === 0) {
    const found = chooseLying(project, call)
    return found === undefined ? NOTHING : ask(project, call, [found])
  }
  if (named.length === 0 && configured.every(isOurs)) return { ...NOTHING, hasOurs: true }
  try {
    return await ask(project, call, named)
  } catch (error) {
    if (!(error instanceof ClusterError) || project.config === undefined) throw error
    return { ...NOTHING, failure: error }
  }
}

/** As far as they can be told without Ansible: what it is configured with, if anything. */
function configuredSources({ cfg, environment, folder }: Project): readonly string[] {
  if (!isFolder(folder)) return []
  const { sections, file } = cfg.hidden ?? cfg
  const variable = environment.variables['ANSIBLE_INVENTORY']
  const set = variable ?? sections.get('defaults')?.get('inventory')
  if (set === undefined) return []
  return absoluteSources(splitList(set), variable === undefined ? dirname(file) : folder)
}

async function ask(project: Project, call: Call, named: readonly string[]): Promise<SourcesLook> {
  const settings = await programsOf(project, call).settings()
  const configured = settings.sources.origin === undefined ? [] : settings.sources.value
  const hasOurs = configured.some(isOurs)
  const sources = (named.length > 0 ? named : configured).filter((source) => !isOurs(source))
  if (sources.length === 0) return { ...NOTHING, hasOurs }
  for (const source of sources) requireThere(source, project, named.length > 0)
  const programs = programsOf(project, call, withoutOurs(settings))
  const question = { sources, playbookDir: project.folder }
  const hosts = await programs.inventory(question)
  const isConfigured = sources.every((source) => configured.includes(source))
  return { inventory: { ...question, isConfigured, hosts, programs }, hasOurs, failure: undefined }
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
  return [dirname(source), dirname(dirname(source))]
    .flatMap(pathsIn)
    .filter((path) => SAMPLE.test(basename(path)) && !path.endsWith('.cfg'))
}
