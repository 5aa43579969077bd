// Reads what `ansible-inventory --list` prints: which hosts there are, and what each of them ends with.
import { ClusterError } from '../errors.js'
import type { InventoryView } from '../role/recognize.js'
import { Secret } from '../secret.js'
import { isMapping } from '../yaml/mapping.js'
import type { Mapping } from '../yaml/mapping.js'
import { parseJson } from './json.js'

/** A variable's value at a host. */
export type HostValue =
  | { readonly form: 'absent' }
  | { readonly form: 'text'; readonly text: Secret }
  /** Ansible Vault text. */
  | { readonly form: 'sealed'; readonly text: string }
  /** A number, a list or a mapping. */
  | { readonly form: 'other' }

/** A variable, or one key of a variable that holds a dictionary. */
export interface VariablePath {
  readonly name: string
  readonly key?: string
}

/** The groups of every inventory, and what stands beside the groups. */
const OF_ANSIBLE = ['all', 'ungrouped', '_meta']

/** The hosts that Ansible sees, with their variables after all merging. */
export class HostVariables {
  readonly #groups: Mapping
  readonly #variables: Mapping
  readonly #members = new Map<string, ReadonlySet<string>>()

  /** @throws ClusterError `K3SV_CLUSTER_ANSIBLE` for text that is no inventory */
  constructor(text: string) {
    const groups = parseJson(text, 'ansible-inventory')
    const meta = isMapping(groups) ? groups['_meta'] : undefined
    const variables = isMapping(meta) ? meta['hostvars'] : undefined
    if (!isMapping(groups) || !isMapping(variables)) {
      throw new ClusterError(
        'K3SV_CLUSTER_ANSIBLE',
        'what ansible-inventory printed is no inventory',
        {
          hint: 'run `ansible-inventory --list` with the same sources: something prints besides the inventory',
        },
      )
    }
    this.#groups = groups
    this.#variables = variables
  }

  /** The hosts of a group and of the groups below it; empty for a group that does not exist. */
  hostsOf(group: string): ReadonlySet<string> {
    const known = this.#members.get(group)
    if (known !== undefined) return known
    const hosts = new Set<string>()
    // Set before the children are visited, so that a loop ends.
    this.#members.set(group, hosts)
    const entry = this.#groups[group]
    if (!isMapping(entry)) return hosts
    for (const host of texts(entry['hosts'])) hosts.add(host)
    for (const child of texts(entry['children'])) {
      for (const host of this.hostsOf(child)) hosts.add(host)
    }
    return hosts
  }

  /** Every group that a host belongs to, those nearest to it first; `all` is left out. */
  groupsOf(host: string): readonly string[] {
    return Object.keys(this.#groups)
      .filter((name) => name !== 'all' && name !== '_meta')
      .map((name) => ({ name, hosts: this.hostsOf(name) }))
      .filter(({ hosts }) => hosts.has(host))
      .sort((a, b) => a.hosts.size - b.hosts.size)
      .map(({ name }) => name)
  }

  /** What tells a role: every group and host, and values as they are. */
  view(): InventoryView {
    return {
      groups: Object.keys(this.#groups).filter((name) => !OF_ANSIBLE.includes(name)),
      hosts: [...this.hostsOf('all')],
      hostsOf: (group) => this.hostsOf(group),
      valueOf: (host, name) => readUnsafe(entryOf(this.#variables[host], name)),
    }
  }

  has(host: string): boolean {
    return Object.hasOwn(this.#variables, host) || this.hostsOf('all').has(host)
  }

  /** A number that a host ends with; undefined for everything else. */
  numberOf(host: string, name: string): number | undefined {
    const value = entryOf(this.#variables[host], name)
    return typeof value === 'number' ? value : undefined
  }

  /** What a host ends with. */
  valueOf(host: string, variable: VariablePath): HostValue {
    return valueAt(this.#variables[host], variable)
  }

  /** Those of the named variables that a host has, as they are. */
  valuesOf(host: string, names: readonly string[]): Readonly<Record<string, unknown>> {
    const variables = this.#variables[host]
    return Object.fromEntries(
      names
        .map((name) => [name, entryOf(variables, name)] as const)
        .filter(([, value]) => value !== undefined),
    )
  }

  /** What a variable sets at a host, see {@link keysAt}. */
  keysOf(host: string, name: string): readonly string[] {
    return keysAt(this.#variables[host], name)
  }
}

/** The value of a variable, or of one key in it, among variables; absent where these are no mapping. */
export function valueAt(variables: unknown, { name, key }: VariablePath): HostValue {
  const value = entryOf(variables, name)
  return readValue(key === undefined ? value : entryOf(value, key))
}

function entryOf(mapping: unknown, key: string): unknown {
  return isMapping(mapping) && Object.hasOwn(mapping, key) ? mapping[key] : undefined
}

/** A line of a YAML text that begins a key of its own, and not one of a value above it. */
const KEY_LINE = /^["']?([\w.-]+)["']?\s*:(?:\s|$)/

/** The keys of a dictionary, or of the YAML text that stands for one; nothing where it is neither, or sealed. */
export function keysAt(variables: unknown, name: string): readonly string[] {
  const value = readUnsafe(entryOf(variables, name))
  if (typeof value === 'string') {
    return value.split('\n').flatMap((line) => KEY_LINE.exec(line)?.[1] ?? [])
  }
  return isMapping(value) && typeof value['__ansible_vault'] !== 'string' ? Object.keys(value) : []
}

function readUnsafe(value: unknown): unknown {
  return isMapping(value) && typeof value['__ansible_unsafe'] === 'string'
    ? value['__ansible_unsafe']
    : value
}

/** A value as Ansible writes it in JSON; before 2.19 unsafe text has a mark, from then on `--list` leaves it out. */
export function readValue(value: unknown): HostValue {
  if (value === undefined) return { form: 'absent' }
  if (typeof value === 'string') return { form: 'text', text: new Secret(value) }
  if (!isMapping(value)) return { form: 'other' }
  const { __ansible_unsafe: unsafe, __ansible_vault: sealed } = value
  if (typeof unsafe === 'string') return { form: 'text', text: new Secret(unsafe) }
  return typeof sealed === 'string' ? { form: 'sealed', text: sealed } : { form: 'other' }
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
