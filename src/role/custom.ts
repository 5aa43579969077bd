import { ENCODINGS } from './profile.js'
import type { Destination, RoleProfile, Side, TokenKind, TokenVariable } from './profile.js'

/** The role of a user's own, as the option `custom` describes it. */
export interface CustomRole {
  readonly groups?: Readonly<Partial<Record<Side, string>>>
  /** For each side the names of variables, or of a key in a dictionary (`my_config.token`), and the token in them. */
  readonly variables?: Readonly<Partial<Record<Side, Readonly<Record<string, TokenKind>>>>>
  /** Where the role writes the token; absent: not known. */
  readonly files?: readonly Destination[]
}

const GROUPS = { cluster: 'k3s_cluster', server: 'server', agent: 'agent' }

/** Nothing is known of the files, so what breaks in any of them is worth a warning. */
const UNKNOWN: readonly Destination[] = ENCODINGS.map((encoding) => ({
  side: 'server',
  file: `${encoding}, if the role writes the token so`,
  encoding,
  severity: 'warn',
}))

/** The profile of a role of the user's own. Kind `agent` is the token that agents join with: the server's if shared. */
export function customProfile({ groups, variables, files }: CustomRole): RoleProfile {
  const named = Object.entries(variables ?? {}).flatMap(([side, names]) =>
    Object.entries(names).map(([name, kind]) => variableOf(side as Side, name, kind)),
  )
  const sharedOnly = whySharedOnly(named)
  return {
    id: 'custom',
    groups: { ...GROUPS, ...groups },
    shared: named
      .filter(({ side, kind }) => side !== 'server' || kind === 'server')
      .map((variable) => ({ ...variable, kind: 'server' })),
    separate: named,
    ...(sharedOnly !== undefined && { sharedOnly }),
    settings: [],
    destinations: files ?? UNKNOWN,
  }
}

function variableOf(side: Side, name: string, kind: TokenKind): TokenVariable {
  const dot = name.indexOf('.')
  if (dot === -1) return { side, name, kind }
  return { side, name: name.slice(0, dot), key: name.slice(dot + 1), kind }
}

function whySharedOnly(variables: readonly TokenVariable[]): string | undefined {
  const reaches = (side: 'server' | 'agent', kind: TokenKind): boolean =>
    variables.some((one) => (one.side === side || one.side === 'cluster') && one.kind === kind)
  if (reaches('agent', 'server')) return 'custom.variables hands the server token to agents'
  if (!reaches('agent', 'agent')) return 'custom.variables has no agent token for agents'
  if (!reaches('server', 'agent')) return 'custom.variables does not tell servers the agent token'
  return undefined
}
