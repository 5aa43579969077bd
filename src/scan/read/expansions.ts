// What expressions take where a variable is not set: `${NAME:-value}`, `{{ NAME | default('value') }}`, `env("NAME", "value")`.
import { cleanName, isSpecific } from '../forms/names.js'
import { fallbacksIn } from '../forms/fallbacks.js'
import type { Line } from './line.js'

const EXPANSION =
  /\$\{(?<name>[A-Za-z_]\w{0,99})(?=:?[-=]|:[^?+\s])|\{\{(?<template>[^{}]{1,400})\}\}/g

/** Gathers what `${NAME:-value}` and `{{ NAME | default('value') }}` fall back to, wherever they stand. */
export function readExpansions({ piece, gather, isComment }: Line): void {
  if (!/[$]\{|\{\{/.test(piece.text)) return
  for (const match of piece.text.matchAll(EXPANSION)) {
    const { name, template } = match.groups!
    const form = name === undefined ? undefined : gather.formOf([name])
    const known = name === undefined ? namedIn(template!) : form && cleanName(name)
    if (known === undefined) continue
    const text = name === undefined ? match[0] : piece.text.slice(match.index, match.index + 1200)
    const fallback = fallbacksIn(text)[0]
    if (fallback === undefined) continue
    gather.add(form === 'vault-variable' ? form : 'default', known, {
      text: fallback.text,
      piece,
      at: match.index + fallback.at,
      isComment,
    })
  }
}

function namedIn(template: string): string | undefined {
  return template.match(/[A-Za-z_][\w.-]{2,99}/g)?.find((word) => isSpecific(word))
}
const CALL =
  /(?<quote>["'])(?<name>[A-Za-z_][\w.:-]{2,99})\k<quote>[ \t]{0,8},[ \t]{0,8}(?<other>["'])(?<value>[^"'\n]{3,1100})\k<other>/g
const CALLEE = /(?<callee>[\w.]{1,60})\([ \t]{0,8}$/
const TAKES = /env|get|default|opt|var|set|conf|prop|param|pillar|hiera/i

/** Gathers the second of two texts in a call whose first is the name of a token; elsewhere it must look drawn at random. */
export function readCalls({ piece, gather, isComment }: Line): void {
  if (!/["'][ \t]{0,8},[ \t]{0,8}["']/.test(piece.text)) return
  for (const match of piece.text.matchAll(CALL)) {
    const { name, value } = match.groups!
    if (!isSpecific(name!)) continue
    const before = piece.text.slice(Math.max(0, match.index - 70), match.index)
    const isTaken = TAKES.test(CALLEE.exec(before)?.groups!['callee'] ?? '')
    gather.add(isTaken ? 'default' : 'near', cleanName(name!), {
      text: value!,
      piece,
      at: match.index + match[0].lastIndexOf(value!),
      isComment,
      isGuess: !isTaken,
    })
  }
}

const CELLS =
  /(?<=^|[,;\t])"?(?<name>[A-Za-z_][\w.-]{2,80})"?[,;\t]"?(?<value>[^",;\t\s]{8,1100})"?(?=$|[,;\t\r])/g

/** Gathers the cell behind one that names a token. */
export function readCells({ piece, gather, isComment }: Line): void {
  if (!gather.traits.isTable) return
  for (const match of piece.text.matchAll(CELLS)) {
    const { name, value } = match.groups!
    if (!isSpecific(name!)) continue
    const at = match.index + match[0].lastIndexOf(value!)
    gather.add('pair', cleanName(name!), { text: value!, piece, at, isComment, isGuess: true })
  }
}
