// Reads XML: attributes that name a value, elements that are named for it, property lists, and what stands in texts.
import type { Gather } from './gather.js'
import { optionsOf } from './options.js'
import { decoded, part } from './piece.js'
import type { Piece } from './piece.js'
import { isPairName, isPairValue, isSpecific } from '../forms/names.js'
import { readText } from './text.js'

const TAG =
  /<!--[\s\S]*?-->|<(\/?)([A-Za-z][\w.:-]{0,80})((?:\s{1,80}[\w.:-]{1,80}\s?=\s?(?:"[^"]{0,2000}"|'[^']{0,2000}'))*)\s{0,80}(\/?)>/g
const ATTRIBUTE = /([\w.:-]{1,80})\s?=\s?(?:"([^"]{0,2000})"|'([^']{0,2000})')/g

interface Text {
  readonly text: string
  readonly at: number
}

/** Gathers what stands in a text of XML. */
export function readMarkup(piece: Piece, gather: Gather): void {
  const { text } = piece
  const open: string[] = []
  let [from, name, texts] = [0, undefined as string | undefined, [] as Text[]]
  // Of a list of keys and values: `<key>NAME</key><string>…</string>`.
  let key = ''
  for (const match of text.matchAll(TAG)) {
    const inside = {
      text: text.slice(from, match.index).trim(),
      at: from + text.slice(from, match.index).search(/\S|$/),
    }
    const isEnd = match[1] === '/'
    if (inside.text !== '') {
      const own = open.at(-1) ?? ''
      const path = [
        ...open.slice(0, -1),
        (name ?? (isPairValue(own) || own === 'string' ? key : '')) || own,
      ]
      if (isEnd) readElement(inside, path, piece, gather)
      key = isEnd && isPairName(own) ? inside.text : ''
      texts.push(inside)
    }
    from = match.index + match[0].length
    if (match[0].startsWith('<!--'))
      readText(part(piece, match.index, from), { isComment: true }, gather)
    else if (isEnd) {
      open.pop()
      if (inside.text === '') texts = readTexts(texts, piece, gather)
    } else {
      name = readAttributes(match[3]!, match.index + match[0].indexOf(match[3]!), piece, gather)
      if (match[4] !== '/') open.push(match[2]!)
    }
  }
  readTexts(texts, piece, gather)
}

function readElement(
  { text, at }: Text,
  names: readonly string[],
  piece: Piece,
  gather: Gather,
): void {
  const form = gather.formOf(names)
  if (form === undefined) {
    const inner = decoded(piece, at, at + text.length, decodeEntities(text))
    readText(inner, { isComment: false, isConfig: true, depth: 1 }, gather)
  } else gather.add(form, names.at(-1)!, { text, piece, at })
}

const ENTITIES: Readonly<Record<string, string>> = {
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
  amp: '&',
  '#39': "'",
  '#34': '"',
}

function decodeEntities(text: string): string {
  return text.replace(/&(quot|apos|lt|gt|amp|#39|#34);/g, (_all, name: string) => ENTITIES[name]!)
}

/** @returns the name that the attributes give what stands in the element */
function readAttributes(
  text: string,
  start: number,
  piece: Piece,
  gather: Gather,
): string | undefined {
  let [name, value] = [undefined as string | undefined, undefined as Text | undefined]
  for (const match of text.matchAll(ATTRIBUTE)) {
    const [, key, double, single] = match
    const inner = double ?? single ?? ''
    const at = start + match.index + match[0].lastIndexOf(inner)
    if (/^(?:name|key|id)$/i.test(key!)) name = inner
    else if (/^(?:value|default)$/i.test(key!)) value = { text: inner, at }
    else readElement({ text: inner, at }, [key!], piece, gather)
  }
  const form = name === undefined ? undefined : gather.formOf([name])
  if (value !== undefined && name !== undefined && (form !== undefined || isSpecific(name))) {
    gather.add('pair', name, { ...value, piece })
  } else if (value !== undefined) readElement(value, ['value'], piece, gather)
  return name
}

/** The texts of a list of arguments, one an element. */
function readTexts(texts: readonly Text[], piece: Piece, gather: Gather): Text[] {
  for (const { form, option, index, text } of optionsOf(texts, [], gather.traits.mentionsK3s)) {
    const { at, text: whole } = texts[index]!
    if (!/\s/.test(text))
      gather.add(form, option, { text, piece, at: at + whole.lastIndexOf(text) })
  }
  return []
}
