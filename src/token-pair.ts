// A cluster has a server token, and its agents may have one of their own: with it a stolen agent cannot join as a server.

export const TOKEN_KINDS = ['server', 'agent'] as const

/** Something for each token of a cluster. */
export interface TokenPair<T> {
  readonly server: T
  /** Absent where agents join with the server token. */
  readonly agent?: T
}

/** The pair of what `change` makes of each token. */
export function mapPair<T, U>(
  { server, agent }: TokenPair<T>,
  change: (token: T, kind: (typeof TOKEN_KINDS)[number]) => U,
): TokenPair<U> {
  return {
    server: change(server, 'server'),
    ...(agent !== undefined && { agent: change(agent, 'agent') }),
  }
}

/** The pair once both are there. */
export async function awaitPair<T>(pair: TokenPair<Promise<T>>): Promise<TokenPair<T>> {
  const [server, agent] = await Promise.all([pair.server, pair.agent])
  return { server, ...(agent !== undefined && { agent }) }
}
