// Paths are bytes to the system, and text to us. Where bytes are no UTF-8, each stands in the text as half of a surrogate pair,
// U+DC80 to U+DCFF, as Python has it (PEP 383): no name is lost, none turns into another one, and what goes back to the system
// is what came from it.
import { isUtf8 } from 'node:buffer'
import { readdirSync, realpathSync } from 'node:fs'

const FIRST = 0xdc00

/** The text for bytes of a path. */
export function textOfPath(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString()
  let text = ''
  for (let at = 0; at < bytes.length;) {
    const length = lengthOfCharacter(bytes, at)
    text +=
      length === 0
        ? String.fromCharCode(FIRST + bytes[at]!)
        : bytes.toString('utf8', at, at + length)
    at += Math.max(length, 1)
  }
  return text
}

/** The path as the functions of node:fs have to get it. */
export function systemPath(path: string): string | Buffer {
  return path.isWellFormed() ? path : bytesOfPath(path)
}

/** The bytes of a path. */
export function bytesOfPath(path: string): Buffer {
  const parts = mapParts(
    path,
    (text) => Buffer.from(text),
    (byte) => Buffer.of(byte),
  )
  return Buffer.concat(parts)
}

/** A path within a URI, byte for byte. */
export function uriOfPath(path: string): string {
  const ofByte = (byte: number): string => `%${byte.toString(16).toUpperCase()}`
  const ofText = (text: string): string => text.split('/').map(encodeURIComponent).join('/')
  return mapParts(path, ofText, ofByte).join('')
}

function mapParts<T>(path: string, ofText: (text: string) => T, ofByte: (byte: number) => T): T[] {
  // Only a half that stands alone is a byte: others are parts of characters.
  return path
    .split(/([\udc80-\udcff])/u)
    .map((part, index) => (index % 2 === 0 ? ofText(part) : ofByte(part.charCodeAt(0) - FIRST)))
}

/** The names in a folder, in the order of their text. @throws what the system says */
export function namesIn(folder: string): string[] {
  return readdirSync(systemPath(folder), 'buffer').map(textOfPath).sort()
}

/** Where a path leads, links followed. @throws what the system says */
export function realPath(path: string): string {
  // The other one of Node's makes text of every name on the way.
  return textOfPath(realpathSync.native(systemPath(path), 'buffer'))
}

/** How many bytes from there make up one character of UTF-8; 0 for a byte that begins none. */
function lengthOfCharacter(bytes: Buffer, at: number): number {
  return [1, 2, 3, 4].find((count) => isUtf8(bytes.subarray(at, at + count))) ?? 0
}
