// What words give to a name, read as a shell reads them: `NAME=value`, `set NAME value`.
import { CONFIG_KEYS } from '../../role/token-names.js'
import { isMaybeName } from '../forms/names.js'
import type { FormId } from '../forms/forms.js'
import { decoded } from './piece.js'
import type { Line } from './line.js'
import { trimSigns } from './words.js'
import type { Word } from './words.js'

/** Gathers what the words of the line assign. */
export function assignmentsIn(line: Line, words: readonly Word[]): void {
  const isSpoken = isSpokenBy(words)
  for (const [index, word] of words.entries()) {
    if (word.kind !== 'operator') readWord(line, word, { isSpoken, words, index })
  }
  readByBlank(line, words)
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
    const name = nameBefore(text, at) ?? indexBefore(text, at, words)
    // The quotes began before the name: what is in them is a text of its own, and read as one.
    const isInside = (at >= bare && /\s/.test(text.slice(at))) || isInSubstitution(text, at)
    if (name !== undefined && !isInside && !isComparison(text, at)) {
      const end = endOfPart(text, at)
      const given = { from: at + 1, to: end, isSpoken, before: words[index - 1] }
      if (give(line, name, word, given)) isNested = false
    }
    at = text.indexOf('=', at + 1)
  }
  for (const command of substitutionsIn(text)) {
    line.readInner(decoded(line.piece, word.start, word.end, command), {})
  }
  if (isNested || word.kind === 'substitution') {
    // Of `NAME="…"` what is in the quotes.
    const inner = TICKS.exec(text)?.[1] ?? (text[bare - 1] === '=' ? text.slice(bare) : text)
    line.readInner(decoded(line.piece, word.start, word.end, inner), {
      isComment: line.isComment || isSpoken,
      isExtraVars: line.isExtraVars === true || isExtraVars(line, word, words[index - 1]),
      isOfK3s: line.isOfK3s === true || OF_K3S.test(`${words[index - 1]?.text ?? ''} ${text}`),
    })
  }
}

function isInSubstitution(text: string, at: number): boolean {
  const open = text.lastIndexOf('$(', at)
  return open >= 0 && !text.slice(open, at).includes(')')
}

const MOST_SUBSTITUTIONS = 8

/** The commands in `$(…)`. */
function substitutionsIn(text: string): string[] {
  const found: string[] = []
  for (
    let start = text.indexOf('$(');
    start >= 0 && found.length < MOST_SUBSTITUTIONS;
    start = text.indexOf('$(', start + 2)
  ) {
    const end = text.indexOf(')', start)
    if (end < 0) break
    found.push(text.slice(start + 2, end))
  }
  return found
}

/** Code in a sentence, or a command whose output is taken. */
const TICKS = /^[^`]{0,3}`([^`]{1,2000})`[^`]{0,3}$/
/** An option, or a variable, whose value is handed to K3s: `--k3s-extra-args '…'`, `INSTALL_K3S_EXEC="…"`. */
const OF_K3S = /^(?:--[\w-]{0,40}(?:k3s|rke2)[\w-]{0,40} | ?\w{0,40}(?:K3S|RKE2|k3s|rke2)\w{0,40}=)/

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

/** A key of a list of tokens: `TOKENS=([k3s]=… [github]=…)`. */
function indexBefore(text: string, at: number, words: readonly Word[]): string | undefined {
  const key = /^\[["']?([\w-]{1,40})["']?\]$/.exec(text.slice(0, Math.min(at, 50)))?.[1]
  const list = key === undefined ? undefined : words.find((word) => word.text.endsWith('=('))
  return list === undefined ? undefined : `${list.text.slice(0, -2)}.${key}`
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
  const form = formOf(line, name, { isExtra, isFirst: before === undefined })
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

/** @param isFirst whether no host stands before it */
function formOf(
  line: Line,
  name: string,
  { isExtra, isFirst }: { isExtra: boolean; isFirst: boolean },
): FormId | undefined {
  const form = line.gather.formOf([name]) ?? line.gather.formOf(name.split('.'))
  if (isExtra) {
    if (form === 'variable' || form === 'environment' || name === 'token') return 'extra-vars'
  }
  if (form !== undefined || name !== 'token' || !line.gather.traits.isInventory) return form
  return isFirst ? line.gather.formOfKey(line.piece.start) : 'role-variable'
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
  return at >= 0 && !words.some((word, index) => isWriting(word, words[index + 1]))
}

/** `> FILE`, `>> FILE`, `| tee FILE`. */
function isWriting({ kind, text }: Word, next: Word | undefined): boolean {
  if (kind !== 'operator') return text === 'tee'
  return /^>>?$/.test(text) && !/^\/dev\/(?:null|tty|std)/.test(next?.text ?? '')
}

/** `option token '…'` is how OpenWrt writes settings. */
function formByBlank({ gather }: Line, name: string, before: Word): FormId | undefined {
  const isKey = before.text === 'option' && CONFIG_KEYS.has(name) && gather.traits.isK3sConfig
  return isKey ? 'config-key' : gather.formOf([name])
}

const BEFORE_BLANK =
  /^(?:ENV|ARG|set|setenv|setx|option|export|secret|SET|typeset|-[A-Za-z]{1,4}|--\w[\w-]*)$/

/** `set -gx NAME value`, `setenv NAME value`, `ENV NAME value`, `gh secret set NAME --body value`. */
function readByBlank(line: Line, words: readonly Word[]): void {
  for (const [index, { text: name }] of words.entries()) {
    const before = words[index - 1]
    if (before === undefined || !isMaybeName(name) || !BEFORE_BLANK.test(before.text)) continue
    const form = name.startsWith('-') ? undefined : formByBlank(line, name, before)
    const isSet = words
      .slice(Math.max(0, index - 4), index)
      .some(({ text }) => /^(?:ENV|ARG|set|setenv|setx|option)$/i.test(text))
    if (form === undefined || !isSet) continue
    const rest = words
      .slice(index + 1)
      .filter(({ text }) => !/^(?:--?(?:body|value|b|v)|\/M)$/.test(text))
    const value = rest[0]
    if (value === undefined || value.kind !== 'word' || value.text.startsWith('-')) continue
    const piece = decoded(line.piece, value.start, value.end, value.text)
    const { isComment } = line
    line.gather.add(form, name, {
      text: value.text,
      piece,
      at: 0,
      isComment,
    })
  }
}
