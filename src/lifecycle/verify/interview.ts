// What one server is asked, in an order that costs it little: a wrong password is 60 ms of its time and a line in its log.
import type { Readiness, Verdict } from '../../cluster/answer.js'
import type { Program } from '../../cluster/endpoints.js'
import { connect, fetchClaimedCa } from '../../cluster/supervisor.js'
import type { NoConnection, Supervisor, Unconnected } from '../../cluster/supervisor.js'
import type { TokenKind } from '../../role/profile.js'
import type { Secret } from '../../secret.js'
import type { TokenPair } from '../../token-pair.js'
import type { TriedGeneration } from './generations.js'

/** A generation of tokens that is opened when it is needed. */
export interface OpenableGeneration extends TriedGeneration {
  readonly open: () => Promise<TokenPair<Secret>>
}

/** What a server said of a token. */
export interface TokenAnswer extends Omit<TriedGeneration, 'tokens' | 'key'> {
  readonly kind: TokenKind
  readonly verdict: Verdict
}

/** What a server said. */
export interface Interview {
  readonly url: string
  /** `unpinned`: it answers, but no CA is known to compare its own with, so no password was sent. */
  readonly ca: 'pinned' | 'unpinned' | NoConnection
  /** The hash of the CA that it gives out, where it gives out one. */
  readonly hash?: string
  /** The PEM text of that CA. */
  readonly bundle?: Buffer
  readonly program?: Program
  readonly readiness?: Readiness
  readonly tokens: readonly TokenAnswer[]
}

export interface InterviewOptions {
  readonly program: Program
  /** None: the CA is fetched and nothing else. */
  readonly pins: readonly string[]
  readonly now: Date
  /** For all that is asked. */
  readonly milliseconds: number
  /** Whether every former token is tried, and not only the last one. */
  readonly allFormer: boolean
}

/** Asks a server about its CA, and where that is known, about each token once. */
export async function interview(
  url: string,
  generations: readonly OpenableGeneration[],
  options: InterviewOptions,
): Promise<Interview> {
  const deadline = AbortSignal.timeout(options.milliseconds)
  if (options.pins.length === 0) {
    const claimed = await fetchClaimedCa(url, { ...options, deadline })
    return 'reason' in claimed
      ? unconnected(url, claimed)
      : { url, ca: 'unpinned', ...claimed, tokens: [] }
  }
  const found = await connect(url, { ...options, deadline })
  if ('reason' in found) return unconnected(url, found)
  try {
    return { url, ca: 'pinned', ...found.ca, ...(await ask(found, generations, options)) }
  } finally {
    found.end()
  }
}

function unconnected(url: string, { reason, hash }: Unconnected): Interview {
  return { url, ca: reason, ...(hash !== undefined && { hash }), tokens: [] }
}

async function ask(
  supervisor: Supervisor,
  generations: readonly OpenableGeneration[],
  { allFormer }: InterviewOptions,
): Promise<Pick<Interview, 'program' | 'readiness' | 'tokens'>> {
  const { program, askServerToken, askAgentToken } = supervisor
  let readiness: Readiness | undefined
  /** One question tells both; of a server that does not answer it, or not clearly, the token is asked by itself. */
  const askServer = async (secret: Secret): Promise<Verdict> => {
    const answer = await supervisor.askReadiness(secret)
    if (answer === 'refused') return answer
    if (answer !== 'ready' && answer !== 'not-ready') return askServerToken(secret)
    readiness ??= answer
    return 'accepted'
  }
  const own = candidatesOf('server', generations)
  const server = await tryTokens(own, askServer, allFormer)
  const agent = agentCandidates(generations, server.accepted)
  const { answers } = server.isCut ? NOTHING : await tryTokens(agent, askAgentToken, allFormer)
  return {
    ...(program && { program }),
    ...(readiness && { readiness }),
    tokens: [...server.answers, ...answers],
  }
}

interface Candidate extends Omit<TokenAnswer, 'verdict'> {
  readonly secret: Secret
}

/** The tokens of a kind, in the order of their generations; each is opened when it is asked for. */
async function* candidatesOf(
  kind: TokenKind,
  generations: readonly OpenableGeneration[],
): AsyncGenerator<Candidate> {
  const seen: Secret[] = []
  for (const { open, number, standing, expected } of generations) {
    const secret = (await open())[kind]
    // A token that came twice is one to a server.
    if (secret === undefined || seen.some((one) => one.equals(secret))) continue
    seen.push(secret)
    yield { kind, number, standing, expected, secret }
  }
}

/** Agents join with the server token that the server has, where they have none of their own. */
async function* agentCandidates(
  generations: readonly OpenableGeneration[],
  server: Candidate | undefined,
): AsyncGenerator<Candidate> {
  const first = await generations[0]?.open()
  if (first?.agent !== undefined) yield* candidatesOf('agent', generations)
  else if (server !== undefined) yield { ...server, kind: 'agent', expected: 'accepted' }
}

interface Tried {
  readonly answers: readonly TokenAnswer[]
  readonly accepted: Candidate | undefined
  /** Whether the server stopped answering. */
  readonly isCut: boolean
}

const NOTHING: Tried = { answers: [], accepted: undefined, isCut: true }

/** Each once: all of them until one is accepted, and after that only what proves the others gone. */
async function tryTokens(
  candidates: AsyncIterable<Candidate>,
  ask: (secret: Secret) => Promise<Verdict>,
  allFormer: boolean,
): Promise<Tried> {
  const answers: TokenAnswer[] = []
  let accepted: Candidate | undefined
  let former = 0
  for await (const candidate of candidates) {
    if (candidate.standing === 'former' && accepted && former++ > 0 && !allFormer) break
    const { secret, ...known } = candidate
    const verdict = await ask(secret)
    answers.push({ ...known, verdict })
    if (verdict === 'accepted') accepted ??= candidate
    else if (verdict !== 'refused') return { answers, accepted, isCut: true }
  }
  return { answers, accepted, isCut: false }
}
