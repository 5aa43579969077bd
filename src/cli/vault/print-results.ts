// What a vault command answers: a line for each file, notes, and a sum. No line holds a value.
import { describeError, exitStatusOf } from '../../format-error.js'
import { EXIT_STATUS } from '../../errors.js'
import type { Change } from '../../ansible-files/vault-files/change.js'
import { answer } from '../answer.js'
import type { Call } from '../command.js'
import type { FileResult } from './run-operation.js'

/** The words of an operation. */
export interface Verb {
  /** `encrypted` */
  readonly done: string
  /** `encrypt` */
  readonly plain: string
}

type Mode = 'do' | 'dry-run' | 'check'

export function modeOf({ input }: Call): Mode {
  if (input.has('check')) return 'check'
  return input.has('dry-run') ? 'dry-run' : 'do'
}

/** Tells the results and answers the exit status: that of the first error, else 8 where a check found something to do. */
export function printResults(call: Call, results: readonly FileResult[], verb: Verb): number {
  const mode = modeOf(call)
  const errors = results.flatMap((result) => result.errors)
  for (const { name, errors: wrong } of results) {
    for (const error of wrong) call.report.error(error, name)
  }
  const lines = [
    ...results.flatMap((result) => linesOf(result, verb, mode)),
    ...describeOthers(results),
    summarize(results, verb, mode),
  ]
  answer(call, { mode, files: results.map(resultAsJson) }, lines)
  if (errors.length > 0) return exitStatusOf(errors[0])
  const isPending = mode === 'check' && results.some(({ changes }) => changes.length > 0)
  return isPending ? EXIT_STATUS.findings : EXIT_STATUS.done
}

/** The result of a file as JSON shows it. */
export function resultAsJson({ name, changes, notes, left, errors }: FileResult): object {
  return {
    file: name,
    changes,
    notes,
    left: left === undefined ? null : { why: left.why, text: left.text },
    errors: errors.map((error) => describeError(error, name)),
  }
}

function linesOf({ name, changes, notes }: FileResult, verb: Verb, mode: Mode): string[] {
  const told = notes.map(({ key, line, text }) => `  ${name}:${line}: ${prefix(key)}${text}`)
  if (changes.length === 0) return told
  if (mode === 'dry-run') return [...diff(name, changes), ...told]
  const word = mode === 'check' ? `would ${verb.plain}` : verb.done
  return [`${word} ${name}${describe(changes)}`, ...told]
}

/** Files of a folder that are sealed in another way than was asked for: nobody shall take them for done. */
function describeOthers(results: readonly FileResult[]): string[] {
  const others = results.filter(isOther)
  const lines = others
    .slice(0, MOST_OTHERS)
    .map(({ name, left }) => `  ${name}: left as it is: it ${left!.text}`)
  const more = others.length - lines.length
  return more > 0 ? [...lines, `  and ${more} more such files`] : lines
}

const MOST_OTHERS = 20

function isOther({ left }: FileResult): boolean {
  return left?.why === 'other'
}

/** ` (vault id prod)`, or the keys with their lines. */
function describe(changes: readonly Change[]): string {
  const values = changes.filter(({ key }) => key !== undefined)
  const ids = [...new Set(changes.map(({ from, to }) => [from, to].filter(Boolean).join(' → ')))]
  const id = ` (vault id ${ids.join(', ')})`
  if (values.length === 0) return id
  const named = values.slice(0, SHOWN).map(({ key, line }) => `${key} (line ${line})`)
  const more = values.length > SHOWN ? ` and ${values.length - SHOWN} more` : ''
  const whole = values.length < changes.length ? ' and within it' : ''
  return `${whole}: ${named.join(', ')}${more}${id}`
}

const SHOWN = 8

/** A diff in its usual form, with the values left out. */
function diff(name: string, changes: readonly Change[]): string[] {
  return [
    `--- ${name}`,
    `+++ ${name}`,
    ...changes.flatMap(({ key, line, from, to }) => [
      `@@ line ${line} @@`,
      `-${side(key, from)}`,
      `+${side(key, to)}`,
    ]),
  ]
}

function side(key: string | undefined, id: string | undefined): string {
  const value = id === undefined ? '[redacted]' : `!vault [vault id ${id}]`
  return key === undefined ? value.replace('!vault', '$ANSIBLE_VAULT') : `${key}: ${value}`
}

function summarize(results: readonly FileResult[], verb: Verb, mode: Mode): string {
  const changed = results.filter(({ changes }) => changes.length > 0)
  // Of a file with a value that something is wrong with, the others may be done.
  const failed = results.filter(({ changes, errors }) => errors.length > 0 && changes.length === 0)
  const partly = changed.filter(({ errors }) => errors.length > 0)
  const others = results.filter(isOther)
  const values = changed.flatMap(({ changes }) => changes).filter(({ key }) => key !== undefined)
  const what = values.length === 0 ? '' : `, ${count(values.length, 'value')} in them`
  const word = mode === 'do' ? verb.done : `to ${verb.plain}`
  const rest = results.length - changed.length - failed.length - others.length
  return [
    `${count(changed.length, 'file')} ${word}${what}`,
    ...(rest > 0 ? [`${rest} left as they are`] : []),
    ...(others.length > 0 ? [`${others.length} sealed in another way`] : []),
    ...(partly.length > 0 ? [`${partly.length} of them not wholly`] : []),
    ...(failed.length > 0 ? [`${failed.length} failed`] : []),
  ].join('; ')
}

function prefix(key: string | undefined): string {
  return key === undefined ? '' : `${key}: `
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
