// What is written in another notation: people take a phrase and have it encoded, and then it looks drawn at random to whoever
// sees the letters alone. Somebody who guesses tries the phrase.
import { isUtf8 } from 'node:buffer'

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
/** Fewer bytes are text by chance. */
const FEWEST = 8

/** The texts that a text is hex, Base64 or Base32 of; bytes that are no text are none of them. Linear. */
export function textsWithin(text: string): readonly string[] {
  return [fromHex(text), fromBase64(text), fromBase32(text)].flatMap((bytes) =>
    bytes !== undefined && isText(bytes) ? [bytes.toString()] : [],
  )
}

function isText(bytes: Buffer): boolean {
  return bytes.length >= FEWEST && isUtf8(bytes) && !/[^\P{C}\s]/u.test(bytes.toString())
}

function fromHex(text: string): Buffer | undefined {
  const digits = text.replace(/[:\s-]/g, '')
  return /^(?:[0-9a-fA-F]{2})+$/.test(digits) ? Buffer.from(digits, 'hex') : undefined
}

function fromBase64(text: string): Buffer | undefined {
  return /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined
}

function fromBase32(text: string): Buffer | undefined {
  const letters = text.replace(/={1,6}$/, '').toUpperCase()
  if (!/^[A-Z2-7]+$/.test(letters)) return undefined
  const bytes: number[] = []
  let [bits, count] = [0, 0]
  for (const letter of letters) {
    bits = ((bits << 5) | BASE32.indexOf(letter)) & 0xfff
    count += 5
    if (count < 8) continue
    count -= 8
    bytes.push((bits >> count) & 0xff)
  }
  return Buffer.from(bytes)
}

/** Made of a clock and a network card, or of a name: all UUIDs but those of version 4; and addresses of network cards. */
const WORKED_OUT = [
  /^[0-9a-f]{8}-[0-9a-f]{4}-[1-35-9a-f][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  /^(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?:[^0-9a-z]?(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}){0,9}$/i,
]

/** Whether the text has the form of something that a machine works out, and does not draw. */
export function isWorkedOut(text: string): boolean {
  return WORKED_OUT.some((form) => form.test(text))
}
