// What holds the parts of a document together: a code over all that stands in it in the clear, keyed from the very server token
// beside it. Whoever edits the document, moves it to another cluster or mixes its secrets with others has no code for the
// result. It binds what the secrets are and not how they are sealed, so it outlasts every change of the vault password.
import { Secret } from '../secret.js'
import type { TokenPair } from '../token-pair.js'
import type { Generation } from './active.js'
import type {
  ClusterDocument,
  FormerTokens,
  PendingTokens,
  RotationRecord,
  StoredTokens,
} from './document.js'

/** Changes with every change of what is bound. */
const DOMAIN = 'k3s_vars document binding 1'
const CODE_BYTES = 16
const CODES = /^([0-9a-f]{32})(?: ([0-9a-f]{32}))?$/

/** A code for each token: 32 hex digits, of which nobody can make one without the server token. */
export type Codes = TokenPair<string>

/**
 * The codes of a generation as it stands in its document. That of the agent token is left out where that is not opened.
 * A former generation is bound to its cluster, number and dates alone, so that it stays as it is from then on; the others
 * are bound to the whole document.
 */
export function codesOf(
  document: ClusterDocument,
  generation: Generation,
  { server, agent }: TokenPair<Secret>,
): Codes {
  const statement = statementOf(document, generation)
  const key = deriveKey(server)
  return {
    server: codeOf(key, ['server', statement]),
    ...(agent && { agent: codeOf(key, ['agent', statement, agent.reveal()]) }),
  }
}

/** Whether the codes that a document has are those of what stands in it; only those are compared that are expected. */
export function hasCodes(found: Codes, expected: Codes): boolean {
  const { server, agent = found.agent } = expected
  return isSame(found.server, server) && isSame(found.agent, agent)
}

function isSame(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return one === other
  return new Secret(one).equals(new Secret(other))
}

/** Codes as a document has them: with a blank between them. */
export function formatCodes({ server, agent }: Codes): string {
  return agent === undefined ? server : `${server} ${agent}`
}

/** Undefined for a text that holds none. */
export function parseCodes(text: string): Codes | undefined {
  const [, server, agent] = CODES.exec(text) ?? []
  return server === undefined ? undefined : { server, ...(agent !== undefined && { agent }) }
}

/** Codes as they are sealed: a text of two lines, which no rule lets pass as a token if somebody puts it in a token's place. */
export function formatManifest(codes: Codes): string {
  return `${DOMAIN}\n${formatCodes(codes)}`
}

/** Undefined for a text that is none of {@link formatManifest}. */
export function parseManifest(text: string): Codes | undefined {
  return text.startsWith(`${DOMAIN}\n`) ? parseCodes(text.slice(DOMAIN.length + 1)) : undefined
}

/** JSON of lists, which says each document in one way and no two in the same. */
function statementOf(document: ClusterDocument, generation: Generation): unknown {
  const { cluster, writeId, phase, ca, current, pending, previous } = document
  const { number, standing, tokens } = generation
  const own = [cluster, number, standing, clearPartOf(tokens)]
  if (standing === 'former') return own
  return [
    ...own,
    writeId,
    document.generation,
    phase,
    ca.map(({ hash, source, learnt }) => [hash, source, learnt]),
    clearPartOf(current),
    pending && clearPartOf(pending),
    previous.map((former) => [...clearPartOf(former), former.binding !== undefined]),
  ]
}

function clearPartOf(tokens: StoredTokens | PendingTokens | FormerTokens): readonly unknown[] {
  const { created, origin = null, fingerprint, guessable = null, agent } = tokens
  return [
    created,
    origin,
    fingerprint,
    guessable,
    agent !== undefined,
    'rotation' in tokens ? tokens.rotation : null,
    'retired' in tokens ? tokens.retired : null,
    ...('record' in tokens && tokens.record !== undefined ? [recordOf(tokens.record)] : []),
  ]
}

function recordOf({ kind, node, form, snapshots, by }: RotationRecord): readonly unknown[] {
  return [kind, node, form ?? null, snapshots ?? null, by]
}

/** HKDF (RFC 5869) by its two steps: Node's own costs five times as much at the first call, and that is every start. */
function deriveKey(token: Secret): Buffer {
  const { createHmac } = process.getBuiltinModule('node:crypto')
  const secret = createHmac('sha256', DOMAIN).update(token.reveal()).digest()
  return createHmac('sha256', secret).update('key\u0001').digest()
}

function codeOf(key: Buffer, statement: unknown): string {
  const { createHmac } = process.getBuiltinModule('node:crypto')
  const code = createHmac('sha256', key).update(JSON.stringify(statement)).digest()
  return code.toString('hex', 0, CODE_BYTES)
}
