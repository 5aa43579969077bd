import type { Readable, Writable } from 'node:stream'
import type { Environment } from '../environment.js'

/** A stream that may be a terminal. */
export type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number }
export type Input = Readable & { readonly isTTY?: boolean }

/** The world as a command sees it; passed in, so that tests need no patching. */
export interface Io {
  readonly stdin: Input
  readonly stdout: Output
  readonly stderr: Output
  readonly environment: Environment
  /** The program as it was called, links not followed; undefined where that is not known. */
  readonly launcher: string | undefined
  /** Milliseconds that the lock of another process is waited for; absent: as long as a store waits by itself. */
  readonly patience?: number | undefined
  readonly now: () => Date
  readonly randomBytes: (size: number) => Buffer
}
