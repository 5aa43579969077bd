// The tokens that are kept here, by the codes that nodes answer for them.
import type { Standing } from '../../document/active.js'
import type { TokenKind } from '../../role/profile.js'
import type { Secret } from '../../secret.js'
import type { TokenPair } from '../../token-pair.js'
import { TOKEN_KINDS } from '../../token-pair.js'
import { keyName } from '../../token/fingerprint.js'
import type { TriedGeneration } from '../verify/generations.js'

/** A generation with its tokens in the open. */
export interface OpenGeneration extends Omit<TriedGeneration, 'tokens' | 'key'> {
  readonly secrets: TokenPair<Secret>
}

/** Which of the kept tokens something is. `other`: none of them. `other-kind`: one for the other side. */
export interface Match {
  readonly is: Standing | 'other' | 'other-kind'
  readonly generation?: number
  /** What people read of one that is none of ours, where more is known of it. */
  readonly name?: string
  /** What a place with it is to become: `accepted` is as it should be now. */
  readonly expected: TriedGeneration['expected']
}

/** What codes stand for. */
export interface KnownCodes {
  /** What a code of a token of a kind stands for. */
  readonly match: (kind: TokenKind, code: string) => Match
  /** What a code of a key of the datastore stands for. */
  readonly matchKey: (code: string) => Match
}

const OTHER: Match = { is: 'other', expected: 'refused' }

export class KnownTokens implements KnownCodes {
  readonly #tokens: Readonly<Record<TokenKind, ReadonlyMap<string, Match>>>
  readonly #keys: ReadonlyMap<string, Match>

  /** @param generations the one that nodes should have first */
  constructor(nonce: string, generations: readonly OpenGeneration[]) {
    const tables = TOKEN_KINDS.map((kind) => {
      const entries = generations.map((generation) => {
        // Agents join with the server token where they have none of their own.
        const secret = generation.secrets[kind] ?? generation.secrets.server
        return [codeOf(nonce, 'token', secret.reveal()), matchOf(generation)] as const
      })
      return [kind, firstOf(entries)] as const
    })
    this.#tokens = Object.fromEntries(tables) as Record<TokenKind, Map<string, Match>>
    this.#keys = firstOf(
      generations.map((generation) => {
        const name = keyName(generation.secrets.server)
        return [codeOf(nonce, 'key', name), matchOf(generation)] as const
      }),
    )
  }

  match(kind: TokenKind, code: string): Match {
    const own = this.#tokens[kind].get(code)
    if (own !== undefined) return own
    const found = this.#tokens[kind === 'server' ? 'agent' : 'server'].get(code)
    return found === undefined ? OTHER : { ...found, is: 'other-kind', expected: 'refused' }
  }

  matchKey(code: string): Match {
    return this.#keys.get(code) ?? OTHER
  }
}

function matchOf({ standing, number, expected }: OpenGeneration): Match {
  return { is: standing, generation: number, expected }
}

/** A token that came twice is the one that comes first. */
function firstOf(entries: readonly (readonly [string, Match])[]): ReadonlyMap<string, Match> {
  return new Map([...entries].reverse())
}

/** As `Coder` of plugins/module_utils/_token_text.py makes it. */
export function codeOf(nonce: string, label: 'token' | 'key', text: string): string {
  const { createHmac } = process.getBuiltinModule('node:crypto')
  return createHmac('sha256', nonce).update(`${label}\0${text}`).digest('hex')
}
