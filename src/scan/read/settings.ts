// What settings give to a name: `name: value`, `name = value`, `"name": "value"`, `name => value`.
import { CONFIG_KEYS, kindOfName } from '../../role/token-names.js'
import { isMaybeName } from '../forms/names.js'
import type { FormId } from '../forms/forms.js'
import { isProse } from '../value.js'
import type { Line } from './line.js'

const SETTING =
  /(?:(?<=^[+@-])|(?<![\w.$@%/-]|\$\{))(?<name>[A-Za-z_][\w.:-]{0,99}?)["'\]*`]{0,3}(?:[ \t]{1,80}(?<spaced>:=|=>|\?=|\+=|=|:|\bto\b|->|<-)[ \t]{0,80}|(?<tight>:=|:)(?:[ \t]{1,80}|(?<=["']:)(?=["'])))(?=[^\s=>])/g

const SENTENCE =
  /(?<![\w.-])(?:k3s|rke2)(?:'s)?[ \t](?:(?:cluster|server|agent|node|join)[ \t])?token(?:[ \t](?:is|was))?[:=]?[ \t]{1,4}["'`]?(?<value>[\w+=/.:-]{16,256})/gi

/** Gathers what a sentence says that the token is, if it looks drawn at random. */
export function readSentence({ piece, gather, isComment }: Line): void {
  for (const match of piece.text.matchAll(SENTENCE)) {
    const value = match.groups!['value']!
    const at = match.index + match[0].length - value.length
    gather.add('near', '', { text: value, piece, at, isComment, isGuess: true })
  }
}

/** Gathers what the line's settings are. */
export function readSettings(line: Line): void {
  const { piece, gather } = line
  if (!/[:=]\s|\s=|["']:["']/.test(piece.text)) return
  for (const match of piece.text.matchAll(SETTING)) {
    const { name, spaced, tight } = match.groups!
    const sign = spaced ?? tight!
    if (!isMaybeName(name!) || (sign === ':' && gather.traits.isMakefile)) continue
    const form = formOfSetting(line, name!, match.index)
    const start = match.index + match[0].length
    if (form === undefined || isClosing(piece.text, start)) continue
    const { text, at } = valueAt(piece.text, start, sign)
    // A message: `K3S_TOKEN: expected a string`.
    if (sign === ':' && form !== 'config-key' && at === start && isProse(text)) continue
    const isSpoken = sign === ':' && form !== 'config-key' && /^\s*\w+ "/.test(piece.text)
    gather.add(form, name!, { text, piece, at, isComment: line.isComment || isSpoken })
  }
}

/** Whether the quote at `start` ends a text rather than begins one: `read -p "K3S_TOKEN: " K3S_TOKEN`. */
function isClosing(text: string, start: number): boolean {
  if (text[start] !== '"') return false
  const before = text.slice(Math.max(0, start - 1200), start)
  return (before.match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1
}

function formOfSetting(line: Line, name: string, at: number): FormId | undefined {
  const { gather, piece, target, isConfig, isExtraVars } = line
  if (isExtraVars === true) return kindOfName(name) === 'other' ? undefined : 'extra-vars'
  if (CONFIG_KEYS.has(name)) {
    if (gather.traits.isInventory) return gather.formOfKey(piece.start + at)
    if (!isFirstInLine(piece.text, at)) return undefined
    if (target !== undefined) return target === 'config' ? 'config-key' : undefined
    return isConfig === true || name === 'agent-token'
      ? 'config-key'
      : gather.formOfKey(piece.start + at)
  }
  return gather.formOf([name])
}

/** Whether nothing but quotes, dashes and comment signs stands before a key, or before its place in a flow mapping. */
function isFirstInLine(text: string, at: number): boolean {
  let start = at
  while (start > 0 && at - start < 80 && /[\s#"'+-]/.test(text[start - 1]!)) start--
  return start === 0 || /[{,]$|\bline[=:]$/.test(text.slice(Math.max(0, start - 8), start))
}

const YAML_END = /\s#|["'],?\s*$|,\s|[}\]]\s*$/
const WORD_END = /[\s;&|)"'`,]/

/** The value that begins at `start`: quoted, or as far as the sign says. */
function valueAt(text: string, start: number, sign: string): { text: string; at: number } {
  const rest = text.slice(start, start + 1200)
  const quote = rest[0]!
  if (/["'`]/.test(quote)) {
    const end = rest.indexOf(quote, 1)
    if (end > 0) return { text: rest.slice(1, end), at: start + 1 }
  }
  if (/^(?:\$\{\{|\{\{|\$\(|`)/.test(rest)) return { text: rest.trim(), at: start }
  const end = rest.search(sign === ':' || sign === '=' ? YAML_END : WORD_END)
  return { text: (end < 0 ? rest : rest.slice(0, end)).trim(), at: start }
}
