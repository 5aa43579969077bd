// What this folder is: encrypting, decrypting and rekeying whole files and single values where they stand, with every other
// byte kept. Where to begin: here, at what an operation is told and answers. encrypt.ts, decrypt.ts, rekey.ts and view.ts are
// the operations; targets.ts, vaulted.ts, plain-value.ts and keys.ts tell which values are meant; yaml-file.ts, edit-values.ts, splice.ts and the two of
// style make the new text; replace-file.ts reads the file before and puts it in place after.
import type { FileKind } from '../file-kind.js'
import type { Outcome } from './change.js'
import type { Matches } from './keys.js'
import type { Limiter } from '../../limiter.js'

/** A file that was read. */
export interface Source {
  /** As it is named to the user. */
  readonly name: string
  readonly kind: FileKind
  readonly bytes: Buffer
}

/** What every operation is told. */
export interface OperationOptions {
  /** `plan` finds what would change, and may leave out the new content. */
  readonly mode: 'do' | 'plan'
  /** Whole files, values within YAML, or either, as the file has it. */
  readonly scope: 'whole' | 'inline' | 'any'
  readonly matches: Matches
  readonly limiter: Limiter
  /** Told how far the file has come: the share, from 0 to 1, that is done since the last time. */
  readonly advance: (share: number) => void
}

/** Works out what becomes of one file; nothing is written. @throws VaultError where the file as a whole is refused */
export type Operation = (source: Source, options: OperationOptions) => Promise<Outcome>

export const UNCHANGED: Outcome = {
  changes: [],
  notes: [],
  refusals: [],
  faults: [],
  content: undefined,
}
