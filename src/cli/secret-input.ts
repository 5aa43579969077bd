// The ways that a token comes in: a file, standard input, the environment; never an argument. Where a file is missing, its
// name is not repeated, because it may be a token that was typed where a file was expected.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { resolve } from 'node:path'
import { TokenError } from '../errors.js'
import { Secret } from '../secret.js'
import type { Input, Io } from './io.js'
import { askForToken } from './prompt.js'

/** No token is longer; a wrong file is refused before it is read whole. */
const MAX_BYTES = 64 * 1024

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
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stdin as AsyncIterable<Buffer | string>) {
    const bytes = Buffer.from(chunk as string)
    size += bytes.length
    if (size > MAX_BYTES) throw tooLong('standard input')
    chunks.push(bytes)
  }
  return trimNewline(decode(Buffer.concat(chunks), 'standard input'))
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

function readBytes(path: string, name: string): Buffer {
  let descriptor: number | undefined
  try {
    descriptor = openSync(path, 'r')
    if (fstatSync(descriptor).isFile() && fstatSync(descriptor).size > MAX_BYTES)
      throw tooLong(name)
    return readLimited(descriptor, name)
  } catch (error) {
    if (error instanceof TokenError) throw error
    throw new TokenError('K3SV_TOKEN_SOURCE', `the file of ${name} ${reasonOf(error)}`, {
      hint: 'name a file that holds the token; the token itself is never given as an argument',
    })
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

/** A pipe has no size to look at before. */
function readLimited(descriptor: number, name: string): Buffer {
  const bytes = Buffer.alloc(MAX_BYTES + 1)
  let size = 0
  for (let read = -1; read !== 0 && size < bytes.length; size += read) {
    read = readSync(descriptor, bytes, size, bytes.length - size, null)
  }
  if (size > MAX_BYTES) throw tooLong(name)
  return bytes.subarray(0, size)
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
    hint: `a token has at most ${MAX_BYTES} bytes: is it the right file?`,
  })
}

function reasonOf(error: unknown): string {
  switch ((error as { code?: unknown }).code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENAMETOOLONG':
      return 'does not exist'
    case 'EISDIR':
      return 'is a folder'
    case 'EACCES':
    case 'EPERM':
      return 'cannot be read: permission denied'
    default:
      return 'cannot be read'
  }
}
