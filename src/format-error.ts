// The one form of an error on a terminal and in JSON. What is not ours may quote a secret, so of such an error only its class
// and the place in our own bundle are shown.
import { basename } from 'node:path'
import { EXIT_STATUS, formatLocation, K3sVarsError } from './errors.js'
import { printable } from './printable.js'
import type { ErrorCode, Location } from './errors.js'

/** An error as it is shown; nothing of it holds input text. */
export interface ShownError {
  readonly code: ErrorCode
  readonly message: string
  readonly place?: Location
  readonly hint: string
  readonly exitStatus: number
}

const PROGRAM = 'k3s_vars'

/** A frame of one of our bundles, or of a source file in tests; the name of a function is not kept. */
const OWN_FRAME = /^ {4}at .*[/\\]((?:[a-z-]+\.(?:cjs|ts)):\d+:\d+)\)?$/

/** What may be shown of anything thrown. */
export function describeError(error: unknown): ShownError {
  if (error instanceof K3sVarsError) {
    return {
      code: error.code,
      message: error.message,
      ...(error.location === undefined ? {} : { place: error.location }),
      hint: error.hint,
      exitStatus: error.exitStatus,
    }
  }
  return {
    code: 'K3SV_FAULT',
    message: `an unexpected fault: ${describeFault(error)}`,
    hint: 'report this line; the rest is withheld because it may quote a secret',
    exitStatus: EXIT_STATUS.fault,
  }
}

/** The lines of an error for standard error, without the final newline: the error and its hint. */
export function formatError(error: unknown): string[] {
  const { message, place, code, hint } = describeError(error)
  const where = place === undefined ? '' : formatLocation(place)
  const line = [`${PROGRAM}: ${message}`, where === '' ? '' : `[${where}]`, `(${code})`]
    .filter((part) => part !== '')
    .join(' ')
  return [line, `hint: ${hint}`].map(printable)
}

function describeFault(error: unknown): string {
  if (!(error instanceof Error)) return `something other than an error was thrown`
  const frame = topFrame(error)
  return [classOf(error), errnoOf(error), frame === undefined ? '' : `at ${frame}`]
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

function topFrame(error: Error): string | undefined {
  const head = `${error.name}: ${error.message}`
  const stack = error.stack ?? ''
  // The message can have lines that look like frames.
  const frames = stack.startsWith(head) ? stack.slice(head.length) : stack
  const own = frames
    .split('\n')
    .filter((line) => !line.includes('node_modules') && !line.includes('node:'))
    .map((line) => OWN_FRAME.exec(line)?.[1])
    .find((frame) => frame !== undefined)
  return own && basename(own)
}
