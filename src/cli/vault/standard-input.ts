// Standard input in a file's place, as `ansible-vault` has it: `-`, and for encrypt and decrypt also no path at all. What comes
// out goes to standard output, whole or not at all.
import { isUtf8 } from 'node:buffer'
import { UsageError, VaultError } from '../../errors.js'
import { exitStatusOf } from '../../format-error.js'
import { kindOfText } from '../../ansible-files/file-kind.js'
import type { FileKind } from '../../ansible-files/file-kind.js'
import type { Operation, Source } from '../../ansible-files/vault-files/operation.js'
import { Limiter } from '../../limiter.js'
import { answerJson } from '../answer.js'
import type { Call } from '../command.js'
import { findIdle } from './idle.js'
import { modeOf, printResults, resultAsJson } from './print-results.js'
import type { Verb } from './print-results.js'
import type { FileResult, RunOptions } from './run-operation.js'
import type { Selection } from './select-files.js'

/** How it is named in errors, as Ansible does. */
const NAME = '<stdin>'
/** Vault text has to fit into a string. */
const MOST_BYTES = 511 * 1024 * 1024

/**
 * Whether the arguments mean standard input.
 * @param none what no path at all means
 * @throws UsageError for `-` beside others
 */
export function isInput({ input }: Call, none: 'input' | 'no input'): boolean {
  const paths = input.list('paths')
  if (paths.length === 0) return none === 'input'
  if (!paths.includes('-')) return false
  if (paths.length === 1) return true
  throw new UsageError('K3SV_USAGE', '- stands for standard input, and for nothing beside it', {
    hint: 'call it once for - and once for the files; a file of that name is ./-',
  })
}

/** What comes on standard input; a person at a terminal is told that it is waited for. */
export async function readInput({ io, report }: Call): Promise<Source> {
  if (io.stdin.isTTY === true) report.note(['reading from standard input; Ctrl-D ends it'])
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of io.stdin as AsyncIterable<Buffer | string>) {
    const bytes = Buffer.from(chunk as string)
    size += bytes.length
    if (size > MOST_BYTES) {
      throw new VaultError('K3SV_VAULT_FILE', 'standard input is larger than 511 MiB', {
        hint: 'what Ansible reads is some kilobytes',
      })
    }
    chunks.push(bytes)
  }
  const bytes = Buffer.concat(chunks)
  return { name: NAME, kind: kindOf(bytes), bytes }
}

/** No name tells; in JSON no value can be vaulted by itself, though it is YAML as well. */
function kindOf(bytes: Buffer): FileKind {
  const text = bytes.toString('utf8')
  if (!/^\s*[[{]/.test(text)) return kindOfText(text)
  try {
    JSON.parse(text)
    return 'json'
  } catch {
    return kindOfText(text)
  }
}

/** The selection of a call that is about standard input, for what is judged over a selection. */
export function inputSelection({ kind }: Source): Selection {
  return { paths: [NAME], files: [{ name: NAME, file: NAME, kind, roots: [0] }], failures: [] }
}

/** Does an operation to standard input and answers the exit status. */
export async function runOnInput(
  call: Call,
  operation: Operation,
  { verb, ...options }: Pick<RunOptions, 'scope' | 'matches'> & { readonly verb: Verb },
): Promise<number> {
  const source = await readInput(call)
  const mode = modeOf(call)
  const outcome = await operation(source, {
    ...options,
    mode: mode === 'do' ? 'do' : 'plan',
    limiter: new Limiter(1),
    advance: () => {},
  })
  const { changes, notes, refusals, faults, left, content } = outcome
  const isBusy = changes.length + refusals.length + faults.length > 0
  const idle = findIdle(call, inputSelection(source), [{ left, isBusy }])
  const errors = [...refusals, ...faults, ...idle.map(({ error }) => error)]
  const result: FileResult = { name: NAME, changes, notes, errors, left }
  if (mode !== 'do') return printResults(call, [result], verb)
  for (const error of errors) call.report.error(error, NAME)
  for (const { line, text } of notes) call.report.warn(`${NAME}:${line}: ${text}`)
  if (refusals.length + idle.length === 0) write(call, result, content ?? source.bytes)
  return errors.length > 0 ? exitStatusOf(errors[0]) : 0
}

function write(call: Call, result: FileResult, content: Buffer): void {
  if (!call.input.has('json')) {
    call.io.stdout.write(content)
    return
  }
  const text = isUtf8(content)
    ? { content: content.toString() }
    : { base64: content.toString('base64') }
  answerJson(call, { mode: 'do', files: [{ ...resultAsJson(result), ...text }] })
}
