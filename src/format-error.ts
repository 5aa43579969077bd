// The one form of an error on a terminal and in JSON. What is not ours may quote a secret, so of such an error only its class
// and the position in our own source are shown.
import { EXIT_STATUS, formatLocation, K3sVarsError } from './errors.js'
import { printable } from './printable.js'
import type { ErrorCode, Location } from './errors.js'
import { sourcePosition } from './source-position.js'

/** An error as it is shown; nothing of it holds input text. */
export interface ShownError {
  readonly code: ErrorCode
  readonly message: string
  readonly place?: Location
  readonly hint: string
  readonly exitStatus: number
}

const PROGRAM = 'k3s_vars'

/**
 * What may be shown of anything thrown.
 * @param about the file that was worked on, for an error that names none; empty: no file
 */
export function describeError(error: unknown, about = ''): ShownError {
  if (error instanceof K3sVarsError) {
    const { location } = error
    const place =
      about === '' || location?.file !== undefined ? location : { ...location, file: about }
    return {
      code: error.code,
      message: error.message,
      ...(place === undefined ? {} : { place }),
      hint: error.hint,
      exitStatus: error.exitStatus,
    }
  }
  return {
    code: 'K3SV_FAULT',
    message: `internal error: ${describeInternal(error)}`,
    hint: 'report this line; the rest is withheld because it may quote a secret',
    exitStatus: EXIT_STATUS.internal,
  }
}

/** The status that a program ends with after an error. */
export function exitStatusOf(error: unknown): number {
  return error instanceof K3sVarsError ? error.exitStatus : EXIT_STATUS.internal
}

/**
 * The lines of an error for standard error, without the final newline: the error and its hint.
 * @param about as in {@link describeError}
 */
export function formatError(error: unknown, about?: string): string[] {
  const { message, place, code, hint } = describeError(error, about)
  const where = place === undefined ? '' : formatLocation(place)
  const line = [`${PROGRAM}: ${message}`, where === '' ? '' : `[${where}]`, `(${code})`]
    .filter((part) => part !== '')
    .join(' ')
  return [line, `hint: ${hint}`].map(printable)
}

function describeInternal(error: unknown): string {
  if (!(error instanceof Error)) return 'something other than an error was thrown'
  const position = sourcePosition(error)
  return [classOf(error), errnoOf(error), position === undefined ? '' : `at ${position}`]
    .filter((part) => part !== '')
    .join(' ')
}

/** The class comes from the constructor: `name` can be set to any text. */
function classOf(error: Error): string {
  const name = (error.constructor as { name?: unknown }).name
  return typeof name === 'string' && /^[A-Za-z]{1,40}$/.test(name) ? name : 'Error'
}

/** Node's and the system's codes are constants, such as `ENOSPC` and `ERR_STREAM_DESTROYED`. */
function errnoOf(error: Error): string {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' && /^E[A-Z0-9_]{2,60}$/.test(code) ? code : ''
}
