// What Ansible says of a project's inventory.
import { basename, dirname } from 'node:path'
import { askWithoutOurs, foreignSources } from '../../ansible-play/foreign.js'
import type { ForeignInventory } from '../../ansible-play/foreign.js'
import { absoluteSources, isOurs } from '../../ansible-play/sources.js'
import { ClusterError, UsageError, VaultError } from '../../errors.js'
import type { K3sVarsError } from '../../errors.js'
import { isFile, isFolder } from '../../files/look.js'
import { splitList } from '../../vault/setting.js'
import type { Call } from '../command.js'
import { chooseLying, pathsIn, SAMPLE } from './lying-inventory.js'
import type { Project } from './project.js'
import { standInFor } from './stand-in.js'

/** The inventory of a project, as it is without us. */
export interface InventoryLook extends ForeignInventory {
  /** Whether a play has them without `-i`. */
  readonly isConfigured: boolean
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
    const isOfAnsible = error instanceof ClusterError || error instanceof VaultError
    if (!isOfAnsible || project.config === undefined) throw error
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

async function ask(project: Project, { io }: Call, named: readonly string[]): Promise<SourcesLook> {
  const password = standInFor(project)
  try {
    return await askWith(password?.variables ?? {}, project, { io, named })
  } finally {
    password?.remove()
  }
}

async function askWith(
  variables: Readonly<Record<string, string>>,
  project: Project,
  { io, named }: { readonly io: Call['io']; readonly named: readonly string[] },
): Promise<SourcesLook> {
  const { environment } = io
  const own = { ...environment.variables, ...variables }
  const asker = { ...io, environment: { ...environment, cwd: project.folder, variables: own } }
  const { sources, configured, settings } = await foreignSources(asker, named)
  const hasOurs = configured.some(isOurs)
  if (sources.length === 0) return { ...NOTHING, hasOurs }
  for (const source of sources) requireThere(source, project, named.length > 0)
  const question = { sources, playbookDir: project.folder }
  const inventory = await askWithoutOurs(asker, question, settings)
  const isConfigured = sources.every((source) => configured.includes(source))
  return { inventory: { ...inventory, isConfigured }, hasOurs, failure: undefined }
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
