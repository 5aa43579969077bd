// `name: K3S_TOKEN` with its `value:` on a line near by, where no structure can be read: a template, a file with a mistake in it.
import { isSpecific } from '../forms/names.js'
import type { Line } from './line.js'

const NAME =
  /(?:^|[\s{,])["']?name["']?[ \t]{0,8}[:=][ \t]{0,8}["']?(?<name>[A-Za-z_][\w.-]{2,99})["']?[ \t]{0,8},?[ \t]{0,8}$/
const VALUE =
  /^[\s{,]{0,80}(?:- )?["']?(?:value|default)["']?[ \t]{0,8}[:=][ \t]{0,8}(?<value>\S.{0,1100}?)[ \t]{0,8},?\s*$/
const MOST_BETWEEN = 6

/** Gathers the value that stands beside the name of a token in a list of names and values. */
export function readPair(line: Line): void {
  const { piece, gather } = line
  const name = NAME.exec(piece.text.slice(0, 300))?.groups!['name']
  if (!piece.isExact || name === undefined || !isSpecific(name)) return
  for (const near of gather.places.linesAround(piece.start, MOST_BETWEEN)) {
    const match = VALUE.exec(near.text.slice(0, 1200))
    const value = match?.groups!['value']?.replace(/^(["'])(.*)\1$/, '$2')
    if (value === undefined) continue
    gather.add('pair', name, {
      text: value,
      piece: near,
      at: near.text.indexOf(value),
      isComment: line.isComment,
    })
    return
  }
}
