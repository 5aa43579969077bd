// What the world is like for a process of the harness, and what it hears of it.
/** What the world is like; several words may come together. */
export type World =
  /** The first look for a document waits until the harness opens the gate. */
  | 'gate'
  /** As on SMB shares and some FUSE file systems. */
  | 'no-hard-links'
  | 'no-symlinks'
  /** A link to `victim`, beside the store, takes the document's place just before that is given its name. */
  | 'swapped-link'
  /** Each renaming takes 80 ms longer, so that more happens meanwhile. */
  | 'slow-rename'
  /** Control: giving a file a name that is taken replaces what was there. */
  | 'careless-names'
  /** Control: the lock is never really there. */
  | 'no-lock'
  /** Control: the same where the lock is a file, since there are no symbolic links. */
  | 'no-lock-file'
  /** Control: a document is written where it stands, in two steps. */
  | 'in-place'
  /** Control: a document is said to be written, and is not. */
  | 'forgetful'
  /** Control: the document is written through whatever link stands in its place. */
  | 'through-links'
  /** The wall clock stands at an impossible date, or jumps by years at each look. */
  | 'clock-before-1970'
  | 'clock-in-2200'
  | 'clock-jumps'
  /** Tells the largest resident memory, in KiB, at the end. */
  | 'memory'

/** Descriptors that a launcher of the harness has besides the standard ones. */
export const REPORT = 3
export const GATE = 4
