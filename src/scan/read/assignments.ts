// What a line gives to a name: `NAME=value` in words as a shell reads them, `name: value` and `name = value` as settings are
// written, `set NAME value`, and what `${NAME:-value}` falls back to.
import { CONFIG_KEYS, isEnvironmentName, kindOfName } from '../../role/token-names.js'
import { cleanName, isMaybeName, isSpecific } from '../forms/names.js'
import { fallbacksIn } from '../forms/fallbacks.js'
import type { FormId } from '../forms/forms.js'
import { decoded } from './piece.js'
import type { Line } from './line.js'
import { trimSigns } from './words.js'
import type { Word } from './words.js'

/** Gathers what the line assigns. */
export function assignmentsIn(line: Line, words: readonly Word[]): void {
  const isSpoken = isSpokenBy(words)
  for (const [index, word] of words.entries()) {
    if (word.kind !== 'operator') readWord(line, word, { isSpoken, words, index })
  }
  readSettings(line)
  readByBlank(line, words)
  readExpansions(line)
}

interface Around {
  readonly isSpoken: boolean
  readonly words: readonly Word[]
  readonly index: number
}

/** A name right before `=`, at the end of what is searched. */
const NAME = /[A-Za-z_$][\w.:$-]{1,99}["'\]]{0,2}[+:?]?$/
const MOST_SIGNS = 12

function readWord(line: Line, word: Word, { isSpoken, words, index }: Around): void {
  const { text, bare } = word
  let isNested = /["'\s]/.test(text)
  for (let at = text.indexOf('='), count = 0; at > 0 && count < MOST_SIGNS; count++) {
    const name = nameBefore(text, at)
    // The quotes began before the name: what is in them is a text of its own, and read as one.
    const isInside = at >= bare && /\s/.test(text.slice(at))
    if (name !== undefined && !isInside && !isComparison(text, at)) {
      const end = endOfPart(text, at)
      const given = { from: at + 1, to: end, isSpoken, before: words[index - 1] }
      if (give(line, name, word, given)) isNested = false
    }
    at = text.indexOf('=', at + 1)
  }
  if (isNested || word.kind === 'substitution') {
    line.readInner(decoded(line.piece, word.start, word.end, text), {
      isComment: line.isComment || isSpoken,
      isExtraVars: line.isExtraVars === true || isExtraVars(line, word, words[index - 1]),
    })
  }
}

function isComparison(text: string, at: number): boolean {
  return (
    text[at + 1] === '=' || text[at + 1] === '~' || text[at - 1] === '!' || text[at - 1] === '='
  )
}

function nameBefore(text: string, at: number): string | undefined {
  const before = text.slice(Math.max(0, at - 110), at)
  if (!isMaybeName(before)) return undefined
  const match = NAME.exec(before)
  const name = match?.[0].replace(/(?<!["'\]+:?])["'\]+:?]+$/, '')
  // `$NAME=…` is what stands in NAME, and `x@NAME` something else; an option may stand right before it: `-eNAME=…`.
  const sign = before[(match?.index ?? 0) - 1] ?? ''
  if (name === undefined || /[$@%/]/.test(sign) || name.startsWith('$')) {
    return name !== undefined && /^\$(?:env:|\w+\.)/i.test(name) ? name : undefined
  }
  return name.replace(/^-?(?:-[a-z](?=[A-Z]))?-*/, '')
}

/** A list of settings in one word: `--set k3s.token=a,k3s.url=b`. */
function endOfPart(text: string, at: number): number {
  const next = /,[\w.-]{1,80}=/.exec(text.slice(at, at + 1200))
  return next === null ? text.length : at + next.index
}

interface Given {
  readonly from: number
  readonly to: number
  readonly isSpoken: boolean
  readonly before: Word | undefined
}

/** @returns whether the name is one of a token */
function give(
  line: Line,
  name: string,
  word: Word,
  { from, to, isSpoken, before }: Given,
): boolean {
  const isExtra = line.isExtraVars === true || isExtraVars(line, word, before)
  const form = formOf(line, name, isExtra)
  if (form === undefined) return false
  const raw = word.text.slice(from, to)
  const value = trimSigns(raw)
  const piece = decoded(line.piece, word.start, word.end, word.text)
  const isComment = line.isComment || isSpoken
  const at = from + raw.indexOf(value)
  line.gather.add(form, isExtra ? `--extra-vars ${name}` : name, {
    text: value,
    piece,
    at,
    isComment,
  })
  return true
}

function formOf(line: Line, name: string, isExtra: boolean): FormId | undefined {
  const form = line.gather.formOf([name])
  if (isExtra) {
    if (form === 'variable' || form === 'environment' || name === 'token') return 'extra-vars'
  }
  if (form !== undefined) return form
  return name === 'token' && line.gather.traits.isInventory ? 'role-variable' : undefined
}

/** Whether a word hands variables to Ansible. */
function isExtraVars({ piece }: Line, { text }: Word, before: Word | undefined): boolean {
  if (/^--extra-vars(?:=|$)/.test(text) || before?.text === '--extra-vars') return true
  return (before?.text === '-e' || /^-e\w/.test(text)) && piece.text.includes('ansible')
}

/** `echo`, a usage text, a question: what is said is an example. */
const SPEAKERS =
  /^(?:echo|printf|log|logger|die|usage|error|info|warn|fail|abort|say|msg|read|print|puts|fatal|Write-\w+|err|cat)$/i

function isSpokenBy(words: readonly Word[]): boolean {
  const at = words.findIndex(({ text }) => SPEAKERS.test(text))
  return (
    at >= 0 &&
    !words.some(({ kind, text }) => (kind === 'operator' && /^>/.test(text)) || text === 'tee')
  )
}

const SETTING =
  /(?<![\w.$@%/-]|\$\{)(?<name>[A-Za-z_][\w.:-]{0,99}?)["'\]]{0,2}(?:[ \t]{1,80}(?<spaced>:=|=>|\?=|\+=|=|:|\bto\b|->|<-)[ \t]{0,80}|(?<tight>:=|:)[ \t]{1,80})(?=[^\s=>])/g

/** `name = value`, `name: value`, `"name": value`, `name => value`. */
function readSettings(line: Line): void {
  const { piece, gather } = line
  if (!/[:=]\s|\s=/.test(piece.text)) return
  for (const match of piece.text.matchAll(SETTING)) {
    const { name, spaced, tight } = match.groups!
    const sign = spaced ?? tight!
    if (!isMaybeName(name!) || (sign === ':' && gather.traits.isMakefile)) continue
    const form = formOfSetting(line, name!, match.index)
    if (form === undefined) continue
    const start = match.index + match[0].length
    const { text, at } = valueAt(piece.text, start, sign)
    const isSpoken = sign === ':' && form !== 'config-key' && /^\s*\w+ "/.test(piece.text)
    gather.add(form, name!, { text, piece, at, isComment: line.isComment || isSpoken })
  }
}

function formOfSetting(line: Line, name: string, at: number): FormId | undefined {
  const { gather, piece, target, isConfig, isExtraVars } = line
  if (isExtraVars === true) return kindOfName(name) === 'other' ? undefined : 'extra-vars'
  if (CONFIG_KEYS.has(name)) {
    if (gather.traits.isInventory) return 'role-variable'
    if (!isFirstInLine(piece.text, at)) return undefined
    if (target !== undefined) return target === 'k3s' ? 'config-key' : undefined
    return isConfig === true || name === 'agent-token'
      ? 'config-key'
      : gather.formOfKey(piece.start + at)
  }
  return gather.formOf([name])
}

/** Whether nothing but quotes, dashes and comment signs stands before a key, or before its place in a flow mapping. */
function isFirstInLine(text: string, at: number): boolean {
  let start = at
  while (start > 0 && at - start < 80 && /[\s#"'-]/.test(text[start - 1]!)) start--
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

const BEFORE_BLANK =
  /^(?:ENV|ARG|set|setenv|setx|export|secret|SET|typeset|-[A-Za-z]{1,4}|--\w[\w-]*)$/

/** `set -gx NAME value`, `setenv NAME value`, `ENV NAME value`, `gh secret set NAME --body value`. */
function readByBlank(line: Line, words: readonly Word[]): void {
  for (const [index, { text: name }] of words.entries()) {
    const before = words[index - 1]
    if (before === undefined || !isMaybeName(name) || !BEFORE_BLANK.test(before.text)) continue
    const isNamed = isEnvironmentName(name) || (isSpecific(name) && !name.startsWith('-'))
    const isSet = words
      .slice(Math.max(0, index - 4), index)
      .some(({ text }) => /^(?:ENV|ARG|set|setenv|setx)$/i.test(text))
    if (!isNamed || !isSet) continue
    const rest = words
      .slice(index + 1)
      .filter(({ text }) => !/^(?:--?(?:body|value|b|v)|\/M)$/.test(text))
    const value = rest[0]
    if (value === undefined || value.kind !== 'word' || value.text.startsWith('-')) continue
    const piece = decoded(line.piece, value.start, value.end, value.text)
    const { isComment } = line
    line.gather.add(isEnvironmentName(name) ? 'environment' : 'variable', name, {
      text: value.text,
      piece,
      at: 0,
      isComment,
    })
  }
}

const EXPANSION =
  /\$\{(?<name>[A-Za-z_]\w{0,99})(?=:?[-=]|:[^?+\s])|\{\{(?<template>[^{}]{1,400})\}\}/g

/** `${NAME:-value}` and `{{ NAME | default('value') }}`, wherever they stand. */
function readExpansions({ piece, gather, isComment }: Line): void {
  if (!/[$]\{|\{\{/.test(piece.text)) return
  for (const match of piece.text.matchAll(EXPANSION)) {
    const { name, template } = match.groups!
    const known =
      name === undefined ? namedIn(template!) : isSpecific(name) ? cleanName(name) : undefined
    if (known === undefined) continue
    const text = name === undefined ? match[0] : piece.text.slice(match.index, match.index + 1200)
    const fallback = fallbacksIn(text)[0]
    if (fallback === undefined) continue
    gather.add('default', known, {
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
