// A rotation, decided. Begin here: this is one round: what the nodes say and what the document says become the next step, after all that
// the store has to do is done. situation.ts is what decides, node-state.ts one node of it, next.ts with its rules what follows, stage.ts
// the store's steps, steps.ts the nodes', plan.ts all of them in advance, hand-over.ts the tokens for the nodes.
import type { ClusterConfig } from '../../config/config.js'
import type { ClusterDocument, RotationRecord } from '../../document/document.js'
import { requireDocument } from '../emit.js'
import { findInCluster } from '../drift/cluster-findings.js'
import { compareNode } from '../drift/comparison.js'
import { judgeNode } from '../drift/judgement.js'
import { KnownTokens } from '../drift/known-tokens.js'
import type { OpenGeneration } from '../drift/known-tokens.js'
import type { HandedOver } from '../drift/node-facts.js'
import type { Lifecycle } from '../lifecycle.js'
import { certainCa } from '../known-ca.js'
import { openGeneration, requireSound } from '../open.js'
import { generationsOf } from '../verify/generations.js'
import type { Memo } from './memo.js'
import { chosenServer, next } from './next.js'
import { Codes, readNode } from './node-state.js'
import { findFaults } from './preflight.js'
import { markRotation, requireAgentToken, stageRotation } from './stage.js'
import type { NodeStep, Stop, View, Wish } from './situation.js'
import { cleanUp } from './steps.js'

export interface Round {
  readonly lifecycle: Lifecycle
  readonly cluster: ClusterConfig
  readonly asked: HandedOver
  readonly memo: Memo
  readonly wish: Wish
}

export type Decision =
  | { readonly is: 'step'; readonly step: NodeStep; readonly view: View }
  | { readonly is: 'stop'; readonly stop: Stop; readonly view: View }
  | {
      readonly is: 'done'
      readonly outcome: 'committed' | 'aborted' | 'nothing'
      /** Of the rotation that was committed in this round. */
      readonly record?: RotationRecord
      readonly view: View
    }

/**
 * One round: every step of the store is done, then the nodes' next one is told.
 * @throws StoreError and VaultError of the document; ConfigError as `requireAgentToken`
 */
export async function decide(round: Round): Promise<Decision> {
  const { lifecycle, cluster, memo } = round
  let document = await requireDocument(lifecycle, cluster)
  let view = await viewOf(round, document)
  if (isOver(memo, document)) return { is: 'done', outcome: 'committed', view }
  for (;;) {
    const action = next(view)
    if (action.do === 'nodes') return { is: 'step', step: action.step, view }
    if (action.do === 'stop') return { is: 'stop', stop: action.stop, view }
    if (action.change === 'stage') {
      requireAgentToken(cluster, document, round.wish.kind)
      const { rotation, ...wish } = round.wish
      const record = { ...wish, node: chosenServer(view)! }
      const { generation } = document
      document = await stageRotation(lifecycle, cluster, { rotation, record, generation })
    } else {
      const step = { rotation: view.rotation, mark: action.change } as const
      document = await markRotation(lifecycle, cluster, step)
    }
    const { record } = view
    view = await viewOf(round, document)
    // A commit of ours, or everything by another controller between our look and our write.
    if (document.phase === 'idle')
      return { is: 'done', outcome: 'committed', view, ...(record && { record }) }
  }
}

/** Another controller has ended it meanwhile. */
function isOver({ rotation }: Memo, { pending }: ClusterDocument): boolean {
  return rotation !== '' && pending?.rotation !== rotation
}

/**
 * Takes a rotation back, as long as no token of K3s was changed: what was laid beside on the nodes goes first.
 * @throws as {@link decide}
 */
export async function decideAbort(round: Round): Promise<Decision> {
  const { lifecycle, cluster } = round
  const document = await requireDocument(lifecycle, cluster)
  const view = await viewOf(round, document)
  if (document.phase !== 'idle' && document.phase !== 'staged')
    return { is: 'stop', stop: forwardOnly(cluster), view }
  const left = view.nodes.filter(({ hasLeftovers }) => hasLeftovers)
  const isTried = view.tried.some(({ step }) => step === 'cleanup')
  if (left.length > 0 && !isTried) return { is: 'step', step: cleanUp(left), view }
  if (document.phase === 'idle') return { is: 'done', outcome: 'nothing', view }
  const after = await markRotation(lifecycle, cluster, { rotation: view.rotation, mark: 'abort' })
  return { is: 'done', outcome: 'aborted', view: await viewOf(round, after) }
}

export function forwardOnly({ name }: ClusterConfig): Stop {
  return {
    name: 'forward-only',
    message:
      'the datastore may be keyed with the new token already: from here there is only the way forward',
    hint: `go on: k3s-vars rotate ${name}; the former token comes back by a second rotation only, as a new one`,
  }
}

/**
 * The cluster as its document and its nodes have it together.
 * @throws StoreError and VaultError where the tokens are not as they were written, or do not open
 */
export async function viewOf(round: Round, document: ClusterDocument): Promise<View> {
  const { lifecycle, cluster, asked, memo, wish } = round
  const { pending, phase } = document
  const open = await openLive(lifecycle, cluster, document)
  const secretsOf = (standing: OpenGeneration['standing']): OpenGeneration['secrets'] | undefined =>
    open.find((one) => one.standing === standing)?.secrets
  const after = secretsOf('pending')
  const codes = new Codes(asked.nonce, {
    old: secretsOf('current')!,
    ...(after !== undefined && { new: after }),
  })
  const rotation = pending?.rotation ?? wish.rotation
  const reading = {
    codes,
    rotation,
    now: lifecycle.now(),
    isSeparate: isSeparate(cluster, document),
  }
  const view: View = {
    cluster: cluster.name,
    phase,
    wish,
    record: pending?.record,
    rotation,
    isSeparate: reading.isSeparate,
    isSecure: cluster.form === 'secure',
    caHash: certainCa(document),
    generation: document.generation,
    fingerprints: {
      old: document.current.fingerprint,
      new: pending?.fingerprint ?? null,
    },
    nodes: asked.nodes.map((node) => readNode(node, reading)),
    tried: memo.tried,
    faults: [],
  }
  if (phase !== 'idle' && phase !== 'staged') return view
  const situation = { cluster, ca: document.ca, now: lifecycle.now() }
  const known = new KnownTokens(asked.nonce, open)
  const compared = asked.nodes.map((node) => compareNode(node, known))
  const judged = compared.map((node) => judgeNode(node, situation))
  return { ...view, faults: findFaults(view, judged, findInCluster(compared, situation)) }
}

function isSeparate(cluster: ClusterConfig, { current }: ClusterDocument): boolean {
  return cluster.agentToken && current.agent !== undefined
}

/** The tokens that nodes may have now: the current and the pending ones. */
async function openLive(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  document: ClusterDocument,
): Promise<readonly OpenGeneration[]> {
  const live = generationsOf(document).filter(({ standing }) => standing !== 'former')
  const isAgents = isSeparate(cluster, document)
  return Promise.all(
    live.map(async (tried) => {
      const { server, agent } = tried.tokens
      const chosen = { server, ...(isAgents && agent !== undefined && { agent }) }
      const opened = await openGeneration(
        lifecycle,
        { cluster, document, generation: tried },
        chosen,
      )
      const { number, standing, expected } = tried
      return { number, standing, expected, secrets: requireSound(opened) }
    }),
  )
}

/**
 * Whether a rotation of this very kind ended so lately that its command, given again, more likely means that one. Which tokens it
 * replaced shows in the document: the server token stays what it was where the agents' alone was.
 */
export function isRecent(
  { phase, previous, current }: ClusterDocument,
  wish: Wish,
  now: Date,
): boolean {
  const [former] = previous
  if (phase !== 'idle' || former === undefined || current.origin !== 'minted') return false
  const wasAgents = current.fingerprint === former.fingerprint && current.fingerprint !== null
  if (wish.form !== undefined || (wish.kind === 'agent') !== wasAgents) return false
  return now.getTime() - Date.parse(former.retired) < RECENT_MILLISECONDS
}

const RECENT_MILLISECONDS = 10 * 60 * 1000
