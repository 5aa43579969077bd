import { ConfigError } from '../errors.js'
import { isMapping } from '../yaml/mapping.js'
import type { ClusterConfig, Config, Variables } from './config.js'
import { readConfigFile } from './document.js'
import type { ConfigDocument, RawOptions } from './document.js'
import { readHosts } from './hosts.js'
import { readIncluded } from './include.js'
import { locateConfig } from './locate.js'
import type { ConfigSearch } from './locate.js'
import { readRole } from './role.js'
import { readStore } from './store.js'
import { validateCluster } from './constraints.js'
import type { Refuse } from './constraints.js'

/** Hosts of all clusters together; far beyond what one run of Ansible can manage. */
const MOST_HOSTS_IN_ALL = 500_000

/**
 * The configuration that applies here, with every default filled in and checked as a whole.
 * @throws ConfigError that names file, line and key
 */
export function loadConfig(search: ConfigSearch): Config {
  const main = readConfigFile(locateConfig(search))
  const documents = [main, ...readIncluded(main)]
  const clusters = new Map<string, ClusterConfig>()
  let hosts = 0
  for (const document of documents) {
    for (const [name, raw] of Object.entries(document.raw.clusters ?? {})) {
      const cluster = readCluster(name, raw ?? {}, { document, main })
      requireNew(clusters.get(name), cluster)
      hosts += countHosts(cluster)
      if (hosts > MOST_HOSTS_IN_ALL) throw tooManyHosts(cluster)
      clusters.set(name, cluster)
    }
  }
  if (clusters.size === 0) {
    throw new ConfigError('K3SV_CONFIG_INVALID', 'the configuration has no cluster', {
      location: { file: main.file },
      hint: 'add one under `clusters`',
    })
  }
  requireDistinctHosts(clusters.values())
  return { file: main.file, clusters: [...clusters.values()] }
}

interface Context {
  readonly document: ConfigDocument
  readonly main: ConfigDocument
}

function readCluster(name: string, own: RawOptions, { document, main }: Context): ClusterConfig {
  const raw = merge(main.raw.defaults ?? {}, own)
  const path = ['clusters', name]
  const refuse: Refuse = (key, message, hint) => {
    // Hosts have no defaults, and are written as patterns.
    const place =
      key[0] === 'hosts' || isWritten(own, key)
        ? document.placeOf([...path, ...key])
        : main.placeOf(['defaults', ...key])
    throw new ConfigError('K3SV_CONFIG_COMBINATION', message, { location: place, hint })
  }
  const option = <T>(key: string, fallback: T): T => (raw[key] ?? fallback) as T
  const token = option<Partial<ClusterConfig['token']>>('token', {})
  const hosts = raw['hosts'] as
    Readonly<Record<'server' | 'agent', Parameters<typeof readHosts>[0]>> | undefined
  const expand = (side: 'server' | 'agent') =>
    readHosts(hosts?.[side], (key) => document.placeOf([...path, 'hosts', side, key]))
  const vaultId = raw['vault_id'] as string | undefined
  const role = readRole(raw, refuse)
  const cluster: ClusterConfig = {
    name,
    role,
    ...(hosts && { hosts: { server: expand('server'), agent: expand('agent') } }),
    groups: option('groups', {}),
    vars: option<Variables>('vars', {}),
    agentToken: option('agent_token', false),
    ...(vaultId !== undefined && { vaultId }),
    emit: option('emit', 'plain'),
    form: option('form', 'short'),
    // Host variables need hosts.
    level: option('level', (hosts && role.level) ?? 'group'),
    mint: option('mint', 'outside-ci'),
    probe: option('probe', true),
    endpoints: [option<string | readonly string[]>('endpoint', [])].flat(),
    encrypt: option('encrypt', 'always'),
    token: { length: token.length ?? 43, alphabet: token.alphabet ?? 'alphanumeric' },
    store: readStore(raw['store'], own['store'], main.file),
    location: document.placeOf(path),
  }
  validateCluster(cluster, refuse)
  return cluster
}

/** Mappings are merged key by key, everything else is replaced. */
function merge(defaults: RawOptions, own: RawOptions): RawOptions {
  // Without a prototype, `__proto__` is a key like any other.
  const merged = Object.assign(Object.create(null), defaults) as Record<string, unknown>
  for (const [key, value] of Object.entries(own)) {
    const former = merged[key]
    merged[key] = isMapping(former) && isMapping(value) ? merge(former, value) : value
  }
  return merged
}

/** Whether the cluster itself has the key; otherwise it comes from the defaults. */
function isWritten(own: RawOptions, key: readonly string[]): boolean {
  let value: unknown = own
  for (const step of key) {
    if (!isMapping(value) || !Object.hasOwn(value, step)) return false
    value = value[step]
  }
  return true
}

function requireNew(former: ClusterConfig | undefined, cluster: ClusterConfig): void {
  if (former === undefined) return
  throw new ConfigError(
    'K3SV_CONFIG_INCLUDE',
    `cluster ${cluster.name} is declared twice; first in ${former.location.file}`,
    {
      location: cluster.location,
      hint: 'rename or remove one of them',
    },
  )
}

function countHosts({ hosts }: ClusterConfig): number {
  return hosts ? Object.keys(hosts.server).length + Object.keys(hosts.agent).length : 0
}

function tooManyHosts({ location: place }: ClusterConfig): ConfigError {
  return new ConfigError(
    'K3SV_CONFIG_HOST_PATTERN',
    `more than ${MOST_HOSTS_IN_ALL} hosts in all clusters together`,
    { location: place, hint: 'look for a range that is longer than it was meant to be' },
  )
}

/** A host with two tokens would get one of them by chance. */
function requireDistinctHosts(clusters: Iterable<ClusterConfig>): void {
  const owners = new Map<string, string>()
  for (const { name, hosts, location: place } of clusters) {
    for (const side of ['server', 'agent'] as const) {
      for (const host of Object.keys(hosts?.[side] ?? {})) {
        const owner = owners.get(host)
        if (owner !== undefined) {
          throw new ConfigError(
            'K3SV_CONFIG_HOST_CONFLICT',
            `host ${host} is among the ${side}s of ${name} and the ${owner}`,
            {
              location: place,
              hint: 'a host belongs to one side of one cluster',
            },
          )
        }
        owners.set(host, `${side}s of ${name}`)
      }
    }
  }
}
