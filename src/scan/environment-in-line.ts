// Environment variables of K3s and RKE2 as units, env files, scripts, Dockerfiles, CI files and containers set them.
import type { Candidate } from './candidate.js'
import { after, candidateAt, matchAt, readShellValue, readYamlValue } from './line.js'
import type { Line, LineValue } from './line.js'
import { ENVIRONMENT_NAMES } from '../role/token-names.js'

const NAMES = new RegExp(`(?:${ENVIRONMENT_NAMES.join('|')})(?![A-Za-z0-9_])`, 'g')
const ASSIGNMENT = /["'\]]{0,2}[ \t]{0,20}(?::=|\?=|\+=|=>|=(?!=)|:)[ \t]{0,80}/y
/** Where a blank assigns: Dockerfile, csh, fish. */
const BY_BLANK = /(?:^|[\s;&])(?:ENV|ARG|setenv|set -[A-Za-z]{1,4}) +(?:[A-Za-z0-9]+_)*$/
/** `${K3S_TOKEN:-value}`. */
const FALLBACK = /:?[-=]([^}]{0,1100})\}/y
const BEFORE = 60

/** The values that the line gives to such a variable. */
export function environmentValues(line: Line): Candidate[] {
  return [...line.text.matchAll(NAMES)].flatMap(({ 0: name, index }) => {
    const before = line.text.slice(Math.max(0, index - BEFORE), index)
    const value = valueOf(line, index + name.length, before)
    return value === undefined ? [] : [candidateAt(line, value, name, 'variable')]
  })
}

/** @param end where the name ends */
function valueOf(line: Line, end: number, before: string): LineValue | undefined {
  if (before.endsWith('${')) {
    const match = matchAt(FALLBACK, line.text, end)
    if (match === undefined) return undefined
    return { text: match[1]!, start: end + match[0].length - match[1]!.length - 1 }
  }
  const isPartOfWord = /[$%A-Za-z0-9.-]$/.test(before) && !/(?:^|\s)-e$/.test(before)
  if (isPartOfWord) return undefined
  return assignedValue(line, end, before) ?? listedValue(line, end, before)
}

function assignedValue({ text, file }: Line, end: number, before: string): LineValue | undefined {
  const assignment = matchAt(ASSIGNMENT, text, end)?.[0]
  if (assignment !== undefined) {
    const start = end + assignment.length
    const outer = assignment === '=' ? /["']$/.exec(before)?.[0] : undefined
    if (file.isCode && outer === undefined && !isQuote(text[start])) return undefined
    if (assignment.trimEnd().endsWith(':')) return readYamlValue(text, start)
    return readShellValue(text, start, outer)
  }
  const blanks = BY_BLANK.test(before) ? /^[ \t]+/.exec(text.slice(end, end + BEFORE)) : null
  return blanks === null ? undefined : readShellValue(text, end + blanks[0].length)
}

function isQuote(character: string | undefined): boolean {
  return character === '"' || character === "'"
}

const VALUE_LINE = /^[\s,]*(?:- )?["']?value["']?\s*:\s*/

/** `- name: K3S_TOKEN` with its `value:` on the next line, as containers are given their environment. */
function listedValue({ text, next }: Line, end: number, before: string): LineValue | undefined {
  const isName = /name["']?\s*:\s*["']?$/.test(before) && /^["',\s]*$/.test(after(text, end))
  const head = isName ? VALUE_LINE.exec(next.slice(0, BEFORE)) : null
  // The place told is that of the name, so that a comment there can allow it.
  return head === null ? undefined : { ...readYamlValue(next, head[0].length), start: end }
}
