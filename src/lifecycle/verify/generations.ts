// Which tokens a server may have, and which of them it should have in each phase of a rotation.
import type { ClusterDocument, Phase, StoredTokens } from '../../document/document.js'

/** Where a generation stands in the document. */
export type Standing = 'current' | 'pending' | 'former'

/** What a server that is as the document says answers to a generation's tokens. `either`: while they are being changed. */
export type Expected = 'accepted' | 'refused' | 'either'

export interface TriedGeneration {
  readonly number: number
  readonly standing: Standing
  readonly expected: Expected
  readonly tokens: StoredTokens
}

/** K3s refuses a new token until the server is restarted, whatever its datastore is keyed with. */
const EXPECTED: Readonly<Record<Phase, Readonly<Record<Standing, Expected>>>> = {
  idle: { current: 'accepted', pending: 'refused', former: 'refused' },
  staged: { current: 'accepted', pending: 'refused', former: 'refused' },
  rotating: { current: 'either', pending: 'either', former: 'refused' },
  rotated: { current: 'refused', pending: 'accepted', former: 'refused' },
}

/** Every generation of the document: first the one that a server should have, then the others, the newest first. */
export function generationsOf(document: ClusterDocument): readonly TriedGeneration[] {
  const { phase, generation, current, pending, previous } = document
  const own = (
    standing: Standing,
    number: number,
    tokens: StoredTokens | null,
  ): TriedGeneration[] =>
    tokens === null ? [] : [{ number, standing, expected: EXPECTED[phase][standing], tokens }]
  const changing = [
    ...own('pending', generation + 1, pending),
    ...own('current', generation, current),
  ]
  if (phase !== 'rotated') changing.reverse()
  const former = previous.flatMap((tokens, index) => own('former', generation - 1 - index, tokens))
  return [...changing, ...former]
}
