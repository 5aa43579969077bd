// Stands for node:crypto within the package `ansible-vault` while it is fuzzed: the real functions, but no key is derived
// twice and every salt is the same. A text then costs next to nothing where it would cost 8 ms for each key.
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  pbkdf2Sync as derive,
  randomBytes as random,
} from 'node:crypto'
import { promisify } from 'node:util'

export { createCipheriv, createDecipheriv, createHmac }

type Parameters = readonly [
  password: Buffer,
  salt: Buffer,
  rounds: number,
  size: number,
  digest: string,
]

/** Hostile texts bring salts of their own. */
const MOST = 10_000
const known = new Map<string, Buffer>()
const salts = new Map<number, Buffer>()

export function pbkdf2Sync(...[password, salt, rounds, size, digest]: Parameters): Buffer {
  const name = [password, salt].map((bytes) => bytes.toString('hex')).join(' ')
  const key = known.get(name) ?? derive(password, salt, rounds, size, digest)
  if (known.size >= MOST) known.clear()
  known.set(name, key)
  return Buffer.from(key)
}

export function pbkdf2(): never {
  throw new Error('the package calls this by its promise alone')
}

Object.defineProperty(pbkdf2, promisify.custom, {
  value: (...parameters: Parameters) => Promise.resolve(pbkdf2Sync(...parameters)),
})

export function randomBytes(size: number): Buffer {
  const salt = salts.get(size) ?? random(size)
  salts.set(size, salt)
  return salt
}
