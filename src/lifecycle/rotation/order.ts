// In which order servers are restarted: first whoever others join through, last whoever has no datastore of its own, because such a
// one does not start before the server behind its URL has the new token.
import type { NodeState } from './situation.js'

/** The servers in the order of their restarts. */
export function restartOrder(nodes: readonly NodeState[]): readonly NodeState[] {
  return [...nodes].sort((one, other) => weightOf(one, nodes) - weightOf(other, nodes))
}

/**
 * The server that the datastore is keyed anew on: the last one of those that have it. So what it has written is the newest, which an
 * agent token needs, and nobody joins through it as a rule.
 */
export function chooseServer(nodes: readonly NodeState[]): NodeState | undefined {
  const order = restartOrder(nodes)
  return order.findLast(({ datastore }) => datastore !== 'none') ?? order.at(-1)
}

function weightOf(node: NodeState, nodes: readonly NodeState[]): number {
  if (node.datastore === 'none' && node.join !== '') return 3
  if (nodes.some((other) => joinsThrough(other, node))) return 0
  return node.join === '' ? 1 : 2
}

/** Whether a node joins through another one, as far as its addresses tell. */
export function joinsThrough(node: NodeState, other: NodeState): boolean {
  const host = hostOf(node.join)
  return host !== undefined && node !== other && [other.name, ...other.addresses].includes(host)
}

function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : undefined
}
