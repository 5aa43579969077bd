import { isSpecific } from '../forms/names.js'
import type { Gather } from './gather.js'
import type { Piece } from './piece.js'

const GIVEN =
  /(?<![\w$.-])([A-Za-z_]\w{2,60})=(?:"([^"\n]{1,1100})"|'([^'\n]{1,1100})'|([^\s;&|"'`]{1,1100}))/g

/** Gathers what a script gives to the variables that it then hands to K3s as token; one pass, however many they are. */
export function readFlow(text: string, whole: Piece, gather: Gather): void {
  const names = new Set([...gather.uses].filter((name) => !isSpecific(name)))
  if (names.size === 0) return
  for (const match of text.matchAll(GIVEN)) {
    const name = match[1]!
    if (!names.has(name)) continue
    const value = match[2] ?? match[3] ?? match[4]!
    const at = match.index + match[0].lastIndexOf(value)
    gather.add('named-by-use', name, { text: value, piece: whole, at })
  }
}
