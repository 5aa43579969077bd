// The steps of a rotation that are the store's. Each is a compare and swap on the newest document, so that of two controllers one begins
// and the other goes on with it.
import type { ClusterConfig } from '../../config/config.js'
import { activeGeneration } from '../../document/active.js'
import type { ClusterDocument, RotationRecord } from '../../document/document.js'
import {
  abortTokens,
  commitTokens,
  markRotated,
  markRotating,
  stageTokens,
} from '../../document/transitions.js'
import type { NewTokens } from '../../document/transitions.js'
import { ConfigError } from '../../errors.js'
import type { Secret } from '../../secret.js'
import type { TokenPair } from '../../token-pair.js'
import { changeDocument } from '../bind.js'
import type { Lifecycle } from '../lifecycle.js'
import { newToken } from '../mint.js'
import { newWriteStamp, sealTokens } from '../seal.js'

interface Beginning {
  readonly rotation: string
  readonly record: RotationRecord
  /** That was looked at: after another rotation none begins unasked. */
  readonly generation: number
}

/**
 * Draws the new tokens and keeps them beside the current ones. Where another controller was first, the document is as that left it.
 * @throws as `changeDocument`; ConfigError where a token is to be replaced that the cluster does not have
 */
export async function stageRotation(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  { rotation, record, generation }: Beginning,
): Promise<ClusterDocument> {
  const stamp = newWriteStamp(lifecycle)
  const drawn = {
    server: newToken(lifecycle, cluster, 'server'),
    agent: newToken(lifecycle, cluster, 'agent'),
  }
  return changeDocument(lifecycle, cluster, async (document, open) => {
    if (document.phase !== 'idle' || document.generation !== generation) return document
    const former = await open(activeGeneration(document))
    const tokens = replaced(former, drawn, record.kind)
    const sealed = await sealTokens(lifecycle, cluster, tokens, 'minted')
    return stageTokens(
      document,
      { rotation, record, tokens: known(document, sealed, record) },
      stamp,
    )
  })
}

/** @throws ConfigError for a cluster whose agents join with the server token */
export function requireAgentToken(
  cluster: ClusterConfig,
  document: ClusterDocument,
  kind: RotationRecord['kind'],
): void {
  if (kind === 'server' || (cluster.agentToken && document.current.agent !== undefined)) return
  const { name, location } = cluster
  throw new ConfigError(
    'K3SV_CONFIG_COMBINATION',
    `the agents of cluster ${name} join with the server token, so there is no agent token to rotate`,
    { location, hint: `leave --agent and --both out: k3s-vars rotate ${name}` },
  )
}

function replaced(
  former: TokenPair<Secret>,
  drawn: Required<TokenPair<Secret>>,
  kind: RotationRecord['kind'],
): TokenPair<Secret> {
  return {
    server: kind === 'agent' ? former.server : drawn.server,
    ...(former.agent && { agent: kind === 'server' ? former.agent : drawn.agent }),
  }
}

/** A server token that stays keeps what is known of it. */
function known(
  { current }: ClusterDocument,
  sealed: NewTokens,
  { kind }: RotationRecord,
): NewTokens {
  if (kind !== 'agent') return sealed
  const { origin, fingerprint, guessable } = current
  const { server, agent } = sealed
  return {
    ...(origin && { origin }),
    fingerprint,
    ...(guessable && { guessable }),
    server,
    ...(agent && { agent }),
  }
}

const MARKS = {
  rotating: markRotating,
  rotated: markRotated,
  commit: commitTokens,
  abort: abortTokens,
} as const

/**
 * Takes the document a step further.
 * @throws as `changeDocument`, and of the transition
 */
export async function markRotation(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  { rotation, mark }: { readonly rotation: string; readonly mark: keyof typeof MARKS },
): Promise<ClusterDocument> {
  const stamp = newWriteStamp(lifecycle)
  return changeDocument(lifecycle, cluster, (document) => MARKS[mark](document, rotation, stamp))
}
