// Where `k3s-vars` only wants to know what a play would see, the answer has texts in place of the tokens, which say whose place it
// is. No store and no vault is asked then, and nothing is minted.
import type { ClusterConfig, Hosts } from '../config/config.js'
import type { ClusterTokens } from '../inventory/build.js'
import type { EmittedToken } from '../inventory/variables.js'
import type { Lifecycle } from '../lifecycle/lifecycle.js'
import type { TokenKind } from '../role/profile.js'
import { Secret } from '../secret.js'
import { formatRehearsed, readRehearsal } from '../token/rehearsal.js'
import type { RehearsedToken } from '../token/rehearsal.js'

/**
 * What is handed out in a rehearsal; undefined where this is none.
 * @throws UsageError `K3SV_USAGE` for a rehearsal that is over
 */
export function rehearse(
  clusters: readonly ClusterConfig[],
  { environment, now }: Lifecycle,
  way: RehearsedToken['way'],
): readonly ClusterTokens[] | undefined {
  const rehearsal = readRehearsal(environment.variables, now())
  if (rehearsal === undefined) return undefined
  return clusters.map((configured) => {
    // The texts stand in for tokens in whichever form.
    const rehearsed = { ...configured, form: 'short' } as const
    const cluster = rehearsal.isBare ? withoutVariables(rehearsed) : rehearsed
    const { name, location } = cluster
    const token = (kind: TokenKind): EmittedToken => {
      const place = { way, cluster: name, kind, config: location.file ?? '' }
      return { form: 'plain', secret: new Secret(formatRehearsed(rehearsal, place)) }
    }
    return {
      cluster,
      tokens: { server: token('server'), ...(cluster.agentToken && { agent: token('agent') }) },
    }
  })
}

/** The same hosts in the same groups, of a role that reads nothing. */
function withoutVariables(cluster: ClusterConfig): ClusterConfig {
  const bare = (hosts: Hosts): Hosts =>
    Object.fromEntries(Object.keys(hosts).map((host) => [host, {}]))
  return {
    ...cluster,
    vars: {},
    role: { ...cluster.role, shared: [], separate: [], settings: [] },
    ...(cluster.hosts !== undefined && {
      hosts: { server: bare(cluster.hosts.server), agent: bare(cluster.hosts.agent) },
    }),
  }
}
