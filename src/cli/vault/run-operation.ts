// Does one operation to many files: several at once, each replaced as soon as it is ready, a failing one left to its error.
import { availableParallelism } from 'node:os'
import type { Left, Outcome } from '../../ansible-files/vault-files/change.js'
import { kindOfText } from '../../ansible-files/file-kind.js'
import type { Operation, OperationOptions } from '../../ansible-files/vault-files/operation.js'
import { Limiter } from '../../limiter.js'
import {
  cleanFolders,
  readFormer,
  replaceFile,
} from '../../ansible-files/vault-files/replace-file.js'
import type { ReplaceOptions } from '../../ansible-files/vault-files/replace-file.js'
import type { Call } from '../command.js'
import { findIdle } from './idle.js'
import type { SelectedFile, Selection } from './select-files.js'

/** What became of one file. */
export interface FileResult {
  readonly name: string
  readonly changes: Outcome['changes']
  readonly notes: Outcome['notes']
  /** Why the file, or a value of it, stays as it was; empty where nothing is wrong. */
  readonly errors: readonly unknown[]
  /** Why nothing was to do; undefined where something was, or is wrong. */
  readonly left: Left | undefined
}

export interface RunOptions extends Pick<OperationOptions, 'mode' | 'scope' | 'matches'> {
  /** What the progress bar says. */
  readonly label: string
}

/** Files read at once; each holds its content in memory. */
const FILES_AT_ONCE = 16

/** Two derivations wait for each thread of libuv's pool, so that none of them is ever idle. */
const POOL_SHARE = 2

/**
 * The results in the order of the selection; failures of the selection itself come first, and last the arguments that there was
 * nothing to do for.
 */
export async function runOperation(
  call: Call,
  selection: Selection,
  operation: Operation,
  options: RunOptions,
): Promise<readonly FileResult[]> {
  const { files, failures } = selection
  const { report, io } = call
  const limiter = new Limiter(POOL_SHARE * Math.max(4, availableParallelism()))
  const progress = report.progress(options.label, files.length, () => io.now().getTime())
  if (options.mode === 'do') cleanFolders(files.map(({ file }) => file))
  const results: FileResult[] = []
  const begun = new Map<number, Promise<FileResult>>()
  const begin = (index: number): void => {
    const file = files[index]
    if (file === undefined) return
    let open = 1
    const advance = (share: number): void => {
      open -= share
      progress.step(share)
    }
    const { patience } = io
    const done = runOne(file, operation, { ...options, limiter, advance, patience })
    begun.set(
      index,
      done.finally(() => progress.step(Math.max(0, open))),
    )
  }
  for (let index = 0; index < FILES_AT_ONCE; index++) begin(index)
  for (let index = 0; index < files.length; index++) {
    const result = await begun.get(index)!
    begun.delete(index)
    begin(index + FILES_AT_ONCE)
    results.push(result)
  }
  progress.end()
  return [
    ...failures.map(({ error }) => failed(error.location?.file ?? '', [error])),
    ...refuseIdle(call, selection, results),
  ]
}

/** The results with an error for each argument that nothing was done for, as `ansible-vault` has one. */
function refuseIdle(
  call: Call,
  selection: Selection,
  results: readonly FileResult[],
): readonly FileResult[] {
  const states = results.map(({ left, errors, changes }) => ({
    left,
    isBusy: errors.length + changes.length > 0,
  }))
  const idle = findIdle(call, selection, states)
  const ofFiles = results.map((result, index) => {
    const mine = idle.filter((one) => one.file === index).map(({ error }) => error)
    return mine.length === 0 ? result : { ...result, left: undefined, errors: mine }
  })
  const ofFolders = idle
    .filter(({ file }) => file === undefined)
    .map(({ path, error }) => failed(path, [error]))
  return [...ofFiles, ...ofFolders]
}

function failed(name: string, errors: FileResult['errors']): FileResult {
  return { name, changes: [], notes: [], errors, left: undefined }
}

async function runOne(
  { name, file, kind }: SelectedFile,
  operation: Operation,
  options: OperationOptions & ReplaceOptions,
): Promise<FileResult> {
  try {
    const former = readFormer(name, file)
    const { bytes } = former
    const known = kind === 'either' ? kindOfText(bytes.toString('utf8')) : kind
    const outcome = await operation({ name, kind: known, bytes }, options)
    const { changes, notes, refusals, faults, content, left } = outcome
    if (refusals.length > 0) {
      return { name, changes: [], notes, errors: [...refusals, ...faults], left: undefined }
    }
    if (options.mode === 'do' && content !== undefined) await replaceFile(former, content, options)
    return { name, changes, notes, errors: faults, left }
  } catch (error) {
    return failed(name, [error])
  }
}
