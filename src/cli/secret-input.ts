// The ways that a token comes in: a file, standard input, the environment; never an argument. Where a file is missing, its
// name is not repeated, because it may be a token that was typed where a file was expected.
import { resolve } from 'node:path'
import { TokenError } from '../errors.js'
import { fileError, isAbsence } from '../files/file-error.js'
import type { FileError } from '../files/file-error.js'
import { readGuarded } from '../files/guarded-read.js'
import { Secret } from '../secret.js'
import type { Input, Io } from './io.js'
import { askForToken } from './prompt.js'

/** No token is longer; a wrong file is refused before it is read whole. */
const MOST_BYTES = 64 * 1024

/** Text that was read as a token, and whether a final newline was taken off it. */
export interface TokenText {
  readonly text: Secret
  readonly isTrimmed: boolean
}

/**
 * The text of a file, without its one final newline.
 * @param name how the file was given, for errors: `--file`
 * @throws TokenError `K3SV_TOKEN_SOURCE`
 */
export function readTokenFile(path: string, name: string, { environment: { cwd } }: Io): TokenText {
  return trimNewline(decode(readBytes(resolve(cwd, path), name), name))
}

/**
 * All of standard input, without its one final newline; where that is a terminal, what is typed there, which it does not show.
 * @param what what a person is asked for: `the server token of prod`
 * @throws TokenError `K3SV_TOKEN_SOURCE`, also for a terminal that cannot be kept from showing it; UsageError
 * `K3SV_USAGE_TERMINAL`
 */
export async function readTokenInput(io: Io, what: string): Promise<TokenText> {
  if (io.stdin.isTTY !== true) return readPipe(io.stdin)
  const text = askForToken(io, what)
  if (text !== undefined) return { text, isTrimmed: false }
  throw new TokenError(
    'K3SV_TOKEN_SOURCE',
    'standard input is a terminal, which would show the token',
    {
      hint: 'put it into a file of mode 0600 and use --file, or pipe it in',
    },
  )
}

async function readPipe(stdin: Input): Promise<TokenText> {
  return trimNewline(decode(await readBytesOf(stdin, MOST_BYTES), 'standard input'))
}

/** All of standard input, for what is no token and may be long. */
export async function readPiped({ stdin }: Io): Promise<string> {
  return decode(await readBytesOf(stdin, Infinity), 'standard input')
}

async function readBytesOf(stdin: Input, most: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stdin as AsyncIterable<Buffer | string>) {
    const bytes = Buffer.from(chunk as string)
    size += bytes.length
    if (size > most) throw tooLong('standard input')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

/**
 * The value of a variable as it is, or undefined where it is not set.
 * @throws TokenError `K3SV_TOKEN_SOURCE` where it is set to nothing
 */
export function readTokenVariable(
  name: string,
  { environment: { variables } }: Io,
): TokenText | undefined {
  const value = variables[name]
  if (value === undefined) return undefined
  if (value === '') {
    throw new TokenError('K3SV_TOKEN_SOURCE', `${name} is set, but empty`, {
      hint: `unset ${name}, or give it the token`,
    })
  }
  return { text: new Secret(value), isTrimmed: false }
}

/** Takes off exactly one final newline: `echo` adds one, and a second would be part of the token. */
function trimNewline(text: string): TokenText {
  const trimmed = text.replace(/\r?\n$/, '')
  return { text: new Secret(trimmed), isTrimmed: trimmed !== text }
}

/** A pipe is as good as a file. */
function readBytes(path: string, name: string): Buffer {
  try {
    const found = readGuarded(path, { from: 'stream', links: 'follow', most: MOST_BYTES })
    if (found !== null) return found.bytes
  } catch (error) {
    const fault = fileError(error, path)
    throw fault.reason === 'too large' ? tooLong(name) : noSource(name, reasonOf(fault))
  }
  throw noSource(name, 'does not exist')
}

function decode(bytes: Buffer, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new TokenError('K3SV_TOKEN_SOURCE', `what ${name} holds is not UTF-8 text`, {
      hint: 'a token is plain text in UTF-8, and Windows PowerShell writes UTF-16: see whether this is the file that was meant',
    })
  }
}

function tooLong(name: string): TokenError {
  return new TokenError('K3SV_TOKEN_SOURCE', `what ${name} holds is too long for a token`, {
    hint: `a token has at most ${MOST_BYTES} bytes: is it the right file?`,
  })
}

function noSource(name: string, reason: string): TokenError {
  return new TokenError('K3SV_TOKEN_SOURCE', `the file of ${name} ${reason}`, {
    hint: 'name a file that holds the token; the token itself is never given as an argument',
  })
}

function reasonOf(fault: FileError): string {
  if (isAbsence(fault)) return 'does not exist'
  if (fault.errno === 'EISDIR') return 'is a folder'
  return fault.reason === 'denied' ? 'cannot be read: permission denied' : 'cannot be read'
}
