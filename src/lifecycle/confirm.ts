// Asks the cluster itself about tokens that are brought. Only what contradicts them stops; who cannot be asked is named. Without
// the hash of the CA nothing is sent at all: a password would go to whoever answers.
import { programOf, serverEndpoints } from '../cluster/endpoints.js'
import { connect } from '../cluster/supervisor.js'
import type { Verdict } from '../cluster/answer.js'
import type { NoConnection, Supervisor } from '../cluster/supervisor.js'
import type { ClusterConfig } from '../config/config.js'
import { ClusterError, TokenError } from '../errors.js'
import { Limiter } from '../limiter.js'
import type { TokenKind } from '../role/profile.js'
import { TOKEN_KINDS } from '../token-pair.js'
import type { ConfiguredToken } from '../token/configured.js'

export type BroughtTokens = Partial<Readonly<Record<TokenKind, ConfiguredToken>>>

/** What the servers say of tokens that are brought. */
export interface Confirmation {
  /** Why none was asked: on request, by the configuration, because none is known, or because the tokens name no CA. */
  readonly notAsked?: 'offline' | 'probe-off' | 'no-servers' | 'no-pin'
  readonly servers: readonly ServerReport[]
}

export interface ServerReport {
  readonly url: string
  readonly ca: 'pinned' | NoConnection
  readonly server?: Verdict
  readonly agent?: Verdict
}

export interface ConfirmOptions {
  readonly now: Date
  /** Whether the caller wants no server to be asked. */
  readonly offline: boolean
}

/** Milliseconds for all that is asked of a server; K3s gives its nodes as many. */
const PATIENCE = 10_000
/** Servers that are asked at once. */
const AT_ONCE = 64

/**
 * Has every known server compare the CA and try each token once.
 * @throws ClusterError `K3SV_CLUSTER_PIN` where a server has another CA, `K3SV_CLUSTER_TOKEN` where one refuses a token;
 * TokenError `K3SV_TOKEN_CA_HASH` where the tokens name two CAs
 */
export async function confirmTokens(
  cluster: ClusterConfig,
  tokens: BroughtTokens,
  options: ConfirmOptions,
): Promise<Confirmation> {
  const pin = pinOf(tokens)
  const { urls } = serverEndpoints(cluster)
  if (options.offline) return { notAsked: 'offline', servers: [] }
  if (!cluster.probe) return { notAsked: 'probe-off', servers: [] }
  if (pin === undefined) return { notAsked: 'no-pin', servers: [] }
  if (urls.length === 0) return { notAsked: 'no-servers', servers: [] }
  const limiter = new Limiter(AT_ONCE)
  const asked = urls.map((url) =>
    limiter.run(() => askServer({ url, pin, cluster, now: options.now }, tokens)),
  )
  return { servers: (await Promise.all(asked)).map(requireConsent) }
}

/**
 * The hash of the one CA that the tokens name.
 * @throws TokenError `K3SV_TOKEN_CA_HASH` where they name two
 */
export function pinOf(tokens: BroughtTokens): string | undefined {
  const [first, second] = [tokens.server?.caHash, tokens.agent?.caHash]
  if (first === undefined || second === undefined || first === second) return first ?? second
  throw new TokenError('K3SV_TOKEN_CA_HASH', 'the server token and the agent token name two CAs', {
    hint: 'bring both from the same server, as they stand in its server/token and server/agent-token',
  })
}

interface Target {
  readonly url: string
  readonly pin: string
  readonly cluster: ClusterConfig
  readonly now: Date
}

type Asked = ServerReport & { readonly pin: string; readonly answeredHash?: string }

async function askServer(target: Target, tokens: BroughtTokens): Promise<Asked> {
  const { url, pin, cluster, now } = target
  const deadline = AbortSignal.timeout(PATIENCE)
  const found = await connect(url, { program: programOf(cluster), pins: [pin], now, deadline })
  if ('reason' in found) {
    const { reason, hash } = found
    return { url, pin, ca: reason, ...(hash !== undefined && { answeredHash: hash }) }
  }
  try {
    return { url, pin, ca: 'pinned', ...(await tryTokens(found, tokens)) }
  } finally {
    found.end()
  }
}

async function tryTokens(
  supervisor: Supervisor,
  { server, agent }: BroughtTokens,
): Promise<Partial<Readonly<Record<TokenKind, Verdict>>>> {
  return {
    ...(server && { server: await supervisor.askServerToken(server.secret) }),
    ...(agent && { agent: await supervisor.askAgentToken(agent.secret) }),
  }
}

/** @throws ClusterError where the server contradicts */
function requireConsent({ pin, answeredHash, ...report }: Asked): ServerReport {
  const { url, ca } = report
  if (ca === 'other-ca') throw otherCa(url, pin, answeredHash ?? '')
  if (ca === 'foreign-certificate') throw foreignCertificate(url)
  const refused = TOKEN_KINDS.find((kind) => report[kind] === 'refused')
  if (refused === undefined) return report
  throw new ClusterError('K3SV_CLUSTER_TOKEN', `${url} does not accept the ${refused} token`, {
    hint: `bring the one that stands in ${TOKEN_FILES[refused]} on that server; after \`k3s token rotate\` a server knows the new token only when it was restarted`,
  })
}

const TOKEN_FILES: Readonly<Record<TokenKind, string>> = {
  server: 'server/token',
  agent: 'server/agent-token',
}

function otherCa(url: string, pin: string, answered: string): ClusterError {
  return new ClusterError(
    'K3SV_CLUSTER_PIN',
    `the CA of ${url} is not the one that the token names (${shortened(pin)} in the token, ${shortened(answered)} answered); no password was sent`,
    {
      hint: 'is it the token of another cluster, or was the CA changed? Compare with server/token on that server itself, and bring that one',
    },
  )
}

/** Enough to compare by eye. */
function shortened(hash: string): string {
  return `${hash.slice(0, 12)}…`
}

function foreignCertificate(url: string): ClusterError {
  return new ClusterError(
    'K3SV_CLUSTER_PIN',
    `${url} gives out the CA that the token names, but its own certificate is of another; no password was sent`,
    {
      hint: 'something that ends TLS stands between: name the servers themselves, or adopt with --offline if you know what it is',
    },
  )
}
