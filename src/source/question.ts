// What is asked of the source: Ansible's own arguments, or a question of our Python plugins, which comes on standard input. A
// name there may be anything that somebody put into a playbook, and every process could see an argument.
import { ADDRESS_VARIABLES } from '../cluster/endpoints.js'
import type { ServerHost } from '../cluster/endpoints.js'
import { UsageError } from '../errors.js'

export type Question =
  | { readonly kind: 'list' }
  | { readonly kind: 'host'; readonly host: string }
  | { readonly kind: 'plugins'; readonly asked: PluginQuestion }

/** What a plugin asks. */
export interface PluginQuestion {
  /** The clusters that are wanted; all if empty. */
  readonly clusters: readonly string[]
  /** The hosts of the groups that an answer wanted before, by the group's name; absent in a first question. */
  readonly hosts?: ReadonlyMap<string, readonly ServerHost[]>
  /** Whether only the secure form is wanted, and the caller knows no CA for it. */
  readonly needsCa: boolean
}

/**
 * The question in the arguments.
 * @param input gives what stands on standard input; called for a plugin's question alone
 * @throws UsageError `K3SV_USAGE`
 */
export function readQuestion(args: readonly string[], input: () => string): Question {
  const [first, second] = args
  if (args.length === 1 && first === '--list') return { kind: 'list' }
  if (args.length === 2 && first === '--host') return { kind: 'host', host: second! }
  if (args.length === 1 && first?.startsWith('--host=')) {
    return { kind: 'host', host: first.slice('--host='.length) }
  }
  if (args.length === 1 && first === '--plugins') {
    return { kind: 'plugins', asked: readPluginQuestion(input()) }
  }
  throw new UsageError('K3SV_USAGE', 'an inventory source is called with --list or --host NAME', {
    hint: 'give nothing besides; `k3s-vars help` lists what else there is',
  })
}

/** Nothing at all is a question about all clusters. */
function readPluginQuestion(text: string): PluginQuestion {
  if (text.trim() === '') return { clusters: [], needsCa: false }
  const { clusters = [], hosts, needs_ca: needsCa = false } = asObject(parse(text))
  if (!Array.isArray(clusters) || !clusters.every((name) => typeof name === 'string')) {
    throw misread()
  }
  if (typeof needsCa !== 'boolean') throw misread()
  return { clusters, needsCa, ...(hosts !== undefined && { hosts: readHosts(hosts) }) }
}

function readHosts(groups: unknown): ReadonlyMap<string, readonly ServerHost[]> {
  return new Map(
    Object.entries(asObject(groups)).map(([group, hosts]) => [
      group,
      Object.entries(asObject(hosts)).map(([name, variables]) => ({
        name,
        variables: addressesIn(asObject(variables)),
      })),
    ]),
  )
}

function addressesIn(variables: Readonly<Record<string, unknown>>): ServerHost['variables'] {
  const wanted = ADDRESS_VARIABLES.filter((name) => Object.hasOwn(variables, name))
  return Object.fromEntries(wanted.map((name) => [name, variables[name]]))
}

/** The parser's own error quotes its input. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw misread()
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw misread()
}

function misread(): UsageError {
  return new UsageError('K3SV_USAGE', 'standard input holds no question of the plugins', {
    hint: 'only the plugins of the same version call this; take both from one release',
  })
}
