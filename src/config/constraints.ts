// What the schema cannot say: settings of one cluster that exclude each other.
import type { TokenVariable } from '../role/profile.js'
import { variablesAt, variablesOf } from '../role/token-variables.js'
import type { ClusterConfig, Variables } from './config.js'
import { isMapping } from '../yaml/mapping.js'

/** Raises `K3SV_CONFIG_COMBINATION` at a key of the cluster. */
export type Refuse = (key: readonly string[], message: string, hint: string) => never

/** @throws ConfigError `K3SV_CONFIG_COMBINATION` */
export function validateCluster(cluster: ClusterConfig, refuse: Refuse): void {
  if (cluster.level === 'host' && cluster.hosts === undefined) {
    refuse(
      ['level'],
      'level host needs the hosts of the cluster',
      'list them under `hosts`; for hosts of another inventory the vars plugin k3s_vars wins over group_vars/all, with level: group',
    )
  }
  if (cluster.emit === 'vaulted' && cluster.encrypt === 'never') {
    refuse(
      ['emit'],
      'emit vaulted needs sealed tokens, and encrypt is never',
      'use encrypt: always, or emit: plain',
    )
  }
  if (cluster.form === 'secure' && cluster.emit === 'vaulted') {
    refuse(
      ['form'],
      'form secure puts the CA in front of the token, and emit vaulted hands the token out unopened',
      "use emit: plain, or form: short and the lookup's format='secure'",
    )
  }
  const { id, sharedOnly } = cluster.role
  if (cluster.agentToken && sharedOnly !== undefined) {
    refuse(
      ['agent_token'],
      `role ${id} cannot hand out a separate agent token: ${sharedOnly}`,
      'use agent_token: false',
    )
  }
  requireRoom(cluster, refuse)
}

/** The places of our tokens must be free, and where they are inside a user's value, it must be of the right kind. */
function requireRoom(cluster: ClusterConfig, refuse: Refuse): void {
  const ours = variablesOf(cluster.role, cluster.agentToken)
  for (const variable of ours) requireFree(variable, cluster.vars, ['vars'], refuse)
  for (const side of ['server', 'agent'] as const) {
    const atSide = variablesAt(ours, side)
    for (const [host, variables] of Object.entries(cluster.hosts?.[side] ?? {})) {
      for (const variable of atSide) {
        requireFree(variable, variables, ['hosts', side, host], refuse)
      }
    }
  }
}

const HINT = 'remove it; adopt an existing token with `k3s-vars token import`'

function requireFree(
  { name, key, referencedVariable }: TokenVariable,
  given: Variables,
  path: readonly string[],
  refuse: Refuse,
): void {
  if (referencedVariable !== undefined && Object.hasOwn(given, referencedVariable)) {
    refuse([...path, referencedVariable], `the variable ${referencedVariable} is ours to set`, HINT)
  }
  if (!Object.hasOwn(given, name)) return
  const value = given[name]
  const place = [...path, name]
  if (key === undefined) return refuse(place, `the variable ${name} is ours to set`, HINT)
  if (referencedVariable !== undefined) return requireFreeLine({ name, key }, value, place, refuse)
  if (!isPlainDictionary(value)) {
    refuse(
      place,
      `${name} is not a dictionary, so its ${key} cannot be set`,
      'write it as a mapping',
    )
  }
  if (Object.hasOwn(value, key)) {
    refuse([...place, key], `the key ${key} of ${name} is ours to set`, HINT)
  }
}

function requireFreeLine(
  { name, key }: { readonly name: string; readonly key: string },
  value: unknown,
  place: readonly string[],
  refuse: Refuse,
): void {
  if (typeof value !== 'string') {
    return refuse(
      place,
      `${name} is not a text, so the agent token cannot be added to it`,
      'write it as a block of text with `|`',
    )
  }
  const isLineOfKey = (line: string): boolean => line.replace(/["']/g, '').startsWith(`${key}:`)
  if (value.split('\n').some(isLineOfKey)) {
    refuse(place, `the line ${key} of ${name} is ours to set`, HINT)
  }
}

/** Vault text and unsafe text are objects, too, in Ansible's JSON form. */
function isPlainDictionary(value: unknown): value is Variables {
  return (
    isMapping(value) &&
    !Object.hasOwn(value, '__ansible_vault') &&
    !Object.hasOwn(value, '__ansible_unsafe')
  )
}
