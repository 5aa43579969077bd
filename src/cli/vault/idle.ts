// Whoever names a file means something to be done to it. `ansible-vault` ends with an error where nothing is (`input is already
// encrypted`, `input is not vault encrypted data`), and so do we. Of several folders one may hold nothing; it is an error where
// all of a call did. What is worked on again and again has --allow-nothing.
import { VaultError } from '../../errors.js'
import type { Left } from '../../ansible-files/vault-files/change.js'
import type { Call } from '../command.js'
import type { Selection } from './select-files.js'

/** What became of a file of the selection. */
export interface FileState {
  readonly left: Left | undefined
  /** Whether something changes, is shown, or is wrong and told. */
  readonly isBusy: boolean
}

/** An argument that something should have been done for. */
export interface Idle {
  readonly path: string
  /** Its index in the selection; undefined for a folder. */
  readonly file: number | undefined
  readonly error: VaultError
}

/** @param states one for each file of the selection, in its order */
export function findIdle(
  { input }: Call,
  { paths, files, failures }: Selection,
  states: readonly FileState[],
): readonly Idle[] {
  // A check asks whether something would change, and no is an answer.
  const isAllowed = input.has('allow-nothing') || input.has('check')
  const isAllIdle =
    failures.length === 0 && !states.some(({ isBusy, left }) => isBusy || left?.why === 'done')
  return [...new Set(paths)].flatMap((path): Idle[] => {
    const root = paths.indexOf(path)
    const mine = files.flatMap(({ roots }, index) => (roots.includes(root) ? [index] : []))
    const isBusy = mine.some(
      (index) => states[index]!.isBusy || states[index]!.left?.why === 'done',
    )
    if (isBusy || failures.some((failure) => failure.root === root)) return []
    const file = mine.find((index) => files[index]!.name === path)
    const left = file === undefined ? undefined : states[file]!.left
    if (left?.why === 'other') return [{ path, file, error: otherForm(path, left) }]
    const isPassed = isAllowed || (file === undefined && !isAllIdle)
    return isPassed ? [] : [{ path, file, error: nothing(path, left) }]
  })
}

function otherForm(path: string, { text, hint }: Left): VaultError {
  return new VaultError('K3SV_VAULT_OTHER', `the input ${text}`, {
    location: { file: path },
    hint,
  })
}

function nothing(path: string, left: Left | undefined): VaultError {
  return new VaultError(
    'K3SV_VAULT_NOTHING',
    left === undefined ? 'nothing in the folder was to do' : `the input ${left.text}`,
    {
      location: { file: path },
      hint: `${left?.hint ?? 'see whether it is the folder that was meant'}; --allow-nothing lets it pass`,
    },
  )
}
