// A text that is a token at one place of a file is the same token wherever else it stands in it.
import type { Candidate } from '../candidate.js'
import { looksRandom } from '../value.js'
import type { Gather } from './gather.js'

/** As many texts are looked for, each as often. */
const MOST_TEXTS = 20
const MOST_TIMES = 100

/** Gathers the further places of texts that were found to be tokens. */
export function readRepeated(text: string, found: readonly Candidate[], gather: Gather): void {
  const texts = new Set(
    found.map((candidate) => candidate.text.reveal().trim()).filter(looksRandom),
  )
  for (const one of [...texts].slice(0, MOST_TEXTS)) {
    const lines = new Set(
      found.filter((each) => each.text.reveal().includes(one)).map(({ line }) => line),
    )
    let at = text.indexOf(one)
    for (let times = 0; at >= 0 && times < MOST_TIMES; times++) {
      const isAlone = !/[\w:]/.test(text[at - 1] ?? '') && !/\w/.test(text[at + one.length] ?? '')
      if (isAlone && !lines.has(gather.places.position(at).line))
        gather.add('repeated', '', { text: one, piece: gather.places.whole(), at })
      at = text.indexOf(one, at + one.length)
    }
  }
}
