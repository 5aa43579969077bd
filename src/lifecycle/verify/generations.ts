// Which tokens a server may have, and which of them it should have in each phase of a rotation.
import { activeGeneration, allGenerations } from '../../document/active.js'
import type { Generation, Standing } from '../../document/active.js'
import type { ClusterDocument, Phase } from '../../document/document.js'

/** What a server that is as the document says answers to a generation's tokens. `either`: while they are being changed. */
export type Expected = 'accepted' | 'refused' | 'either'

export interface TriedGeneration extends Generation {
  readonly expected: Expected
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
  const active = activeGeneration(document)
  const others = allGenerations(document).filter(({ key }) => key !== active.key)
  return [active, ...others].map((generation) => ({
    ...generation,
    expected: EXPECTED[document.phase][generation.standing],
  }))
}
