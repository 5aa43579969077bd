import { isSpecific } from '../forms/names.js'
import type { Gather } from './gather.js'
import type { Piece } from './piece.js'

/** As many variables as a script hands to K3s. */
const MOST_NAMES = 20

/** Gathers what a script gives to the variables that it then hands to K3s as token. */
export function readFlow(text: string, whole: Piece, gather: Gather): void {
  const names = [...gather.uses]
    .filter((name) => !isSpecific(name) && text.includes(`${name}=`))
    .slice(0, MOST_NAMES)
  for (const name of names) {
    const pattern = new RegExp(
      `(?<![\\w$.-])${name}=(?:"([^"\\n]{1,1100})"|'([^'\\n]{1,1100})'|([^\\s;&|"'\`]{1,1100}))`,
      'g',
    )
    for (const match of text.matchAll(pattern)) {
      const value = match[1] ?? match[2] ?? match[3]!
      const at = match.index + match[0].lastIndexOf(value)
      gather.add('named-by-use', name, { text: value, piece: whole, at })
    }
  }
}
