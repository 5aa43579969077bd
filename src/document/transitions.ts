// The life of a cluster's document as pure functions. A rotation goes idle → staged → rotating → rotated → idle; from
// rotating on, the cluster may be keyed with the new token, so there is only the way forward. What they answer has to be bound
// anew before it is written (`lifecycle/bind.ts`), for which the tokens have to be opened.
import { StoreError } from '../errors.js'
import type {
  ClusterDocument,
  KnownCa,
  PendingTokens,
  Phase,
  RotationRecord,
  StoredSecret,
  StoredTokens,
} from './document.js'
import { isRotation } from './fields.js'

/** The steps of a rotation: from which phase each leads to which. Done already is no error, where the step has no other meaning there. */
export const TRANSITIONS = {
  stage: { from: 'idle', to: 'staged' },
  rotating: { from: 'staged', to: 'rotating' },
  rotated: { from: 'rotating', to: 'rotated' },
  commit: { from: 'rotated', to: 'idle' },
  abort: { from: 'staged', to: 'idle' },
} as const satisfies Readonly<Record<string, { readonly from: Phase; readonly to: Phase }>>

/** Tokens that are about to enter the document; it gives them their date. */
export type NewTokens = Omit<StoredTokens, 'created' | 'binding'>

/** A CA that is about to enter the document; it gives it its date. */
export type NewCa = Omit<KnownCa, 'learnt'>

/** What a write is known by. */
export interface WriteStamp {
  /** 32 random hex digits, the same for every retry of one write. */
  readonly writeId: string
  readonly now: Date
}

/** The first document of a cluster: generation 1, idle. */
export function firstDocument(
  cluster: string,
  tokens: NewTokens,
  stamp: WriteStamp,
): ClusterDocument {
  return {
    cluster,
    writeId: stamp.writeId,
    generation: 1,
    phase: 'idle',
    ca: [],
    current: dated(tokens, stamp),
    pending: null,
    previous: [],
  }
}

/** What a rotation begins with. */
export interface Staged {
  readonly rotation: string
  readonly tokens: NewTokens
  readonly record?: RotationRecord
}

/**
 * Puts tokens beside the current ones for a rotation. The document itself where this rotation is staged already: the
 * tokens staged first are the ones that count.
 * @throws StoreError `K3SV_STORE_CONFLICT` where another rotation, or a later step of this one, is under way
 */
export function stageTokens(
  document: ClusterDocument,
  staged: Staged,
  stamp: WriteStamp,
): ClusterDocument {
  if (!isRotation(staged.rotation)) {
    throw conflict(
      'the id of a rotation is 1 to 128 letters, digits, dots, underscores and hyphens',
      'choose another id',
    )
  }
  const { from, to } = TRANSITIONS.stage
  if (document.phase !== from) {
    requirePending(document, staged.rotation, [to])
    return document
  }
  const { rotation, tokens, record } = staged
  const pending: PendingTokens = {
    rotation,
    ...(record && { record }),
    ...dated(tokens, stamp),
  }
  return { ...document, writeId: stamp.writeId, phase: to, pending }
}

/**
 * Says that K3s is about to be re-keyed: from here on the rotation cannot be aborted. The document itself where that
 * is said already.
 * @throws StoreError `K3SV_STORE_CONFLICT` where this rotation is not staged
 */
export function markRotating(
  document: ClusterDocument,
  rotation: string,
  stamp: WriteStamp,
): ClusterDocument {
  return mark(document, rotation, { ...TRANSITIONS.rotating, stamp })
}

/**
 * Says that K3s is keyed with the pending tokens: from here on they are the ones to hand out. The document itself where
 * that is said already.
 * @throws StoreError `K3SV_STORE_CONFLICT` where this rotation is not rotating
 */
export function markRotated(
  document: ClusterDocument,
  rotation: string,
  stamp: WriteStamp,
): ClusterDocument {
  return mark(document, rotation, { ...TRANSITIONS.rotated, stamp })
}

/**
 * Makes the pending tokens the current ones and keeps the former.
 * @throws StoreError `K3SV_STORE_CONFLICT` where this rotation is not rotated
 */
export function commitTokens(
  document: ClusterDocument,
  rotation: string,
  stamp: WriteStamp,
): ClusterDocument {
  const pending = requirePending(document, rotation, [TRANSITIONS.commit.from])
  const { rotation: done, record, binding, ...tokens } = pending
  return succeed(document, tokens, stamp)
}

/**
 * Drops the pending tokens, which no node has seen as its own.
 * @throws StoreError `K3SV_STORE_CONFLICT` where this rotation is not staged, or K3s may be re-keyed already
 */
export function abortTokens(
  document: ClusterDocument,
  rotation: string,
  stamp: WriteStamp,
): ClusterDocument {
  const { from, to } = TRANSITIONS.abort
  requirePending(document, rotation, [from])
  return { ...document, writeId: stamp.writeId, phase: to, pending: null }
}

/**
 * Puts an agent token beside a server token that had none. The generation, its date and the former ones stay as they are:
 * no token was replaced, and snapshots are restored with the server token alone.
 * @throws StoreError `K3SV_STORE_OCCUPIED` where there is an agent token, `K3SV_STORE_CONFLICT` during a rotation, whose
 * pending tokens would not have it
 */
export function addAgentToken(
  document: ClusterDocument,
  agent: StoredSecret,
  stamp: WriteStamp,
): ClusterDocument {
  requireIdle(document)
  if (document.current.agent !== undefined) {
    throw new StoreError(
      'K3SV_STORE_OCCUPIED',
      `cluster ${document.cluster} has an agent token already`,
      { hint: `\`k3s-vars token show ${document.cluster}\` tells of it` },
    )
  }
  return { ...document, writeId: stamp.writeId, current: { ...document.current, agent } }
}

/**
 * Replaces the current tokens at once by those of a living cluster and keeps the former.
 * @throws StoreError `K3SV_STORE_CONFLICT` during a rotation
 */
export function replaceTokens(
  document: ClusterDocument,
  tokens: NewTokens,
  stamp: WriteStamp,
): ClusterDocument {
  requireIdle(document)
  return succeed(document, dated(tokens, stamp), stamp)
}

/**
 * Puts one CA into the place of those that were known. The document itself where it is the only one already.
 */
export function replaceCa(
  document: ClusterDocument,
  ca: NewCa,
  stamp: WriteStamp,
): ClusterDocument {
  const [known, ...others] = document.ca
  if (known?.hash === ca.hash && others.length === 0) return document
  const learnt = { ...ca, learnt: timestamp(stamp.now) }
  return { ...document, writeId: stamp.writeId, ca: [learnt] }
}

function succeed(
  document: ClusterDocument,
  current: StoredTokens,
  stamp: WriteStamp,
): ClusterDocument {
  // It was bound as the current one.
  const { binding, ...former } = document.current
  return {
    ...document,
    writeId: stamp.writeId,
    generation: document.generation + 1,
    phase: 'idle',
    current,
    pending: null,
    previous: [{ ...former, retired: timestamp(stamp.now) }, ...document.previous],
  }
}

interface Mark {
  readonly from: Phase
  readonly to: Phase
  readonly stamp: WriteStamp
}

function mark(
  document: ClusterDocument,
  rotation: string,
  { from, to, stamp }: Mark,
): ClusterDocument {
  requirePending(document, rotation, [from, to])
  return document.phase === to ? document : { ...document, writeId: stamp.writeId, phase: to }
}

function requireIdle({ phase }: ClusterDocument): void {
  if (phase === 'idle') return
  throw conflict(`a rotation is under way (phase ${phase})`, 'abort or finish the rotation first')
}

function requirePending(
  document: ClusterDocument,
  rotation: string,
  phases: readonly Phase[],
): PendingTokens {
  if (document.pending === null) {
    throw conflict(
      'no rotation is under way',
      'look at the state: the rotation may be finished or aborted',
    )
  }
  if (document.pending.rotation !== rotation) {
    throw conflict('another rotation is under way', 'finish or abort that one first')
  }
  if (!phases.includes(document.phase)) {
    const isForward = document.phase !== 'staged'
    throw conflict(
      `the rotation is in phase ${document.phase}, and this step needs ${phases[0]}`,
      isForward
        ? 'go on with the next step: there is no way back from here'
        : 'do the steps in their order',
    )
  }
  return document.pending
}

function conflict(message: string, hint: string): StoreError {
  return new StoreError('K3SV_STORE_CONFLICT', message, { hint })
}

function dated(tokens: NewTokens, { now }: WriteStamp): StoredTokens {
  return { ...tokens, created: timestamp(now) }
}

function timestamp(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`
}
