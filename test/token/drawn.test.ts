import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { looksDrawn } from '../../src/token/drawn.js'
import { ALPHABETS } from '../../src/token/grammar.js'
import { estimateBits } from '../../src/token/strength.js'

/** Numbers from 0 to below `most`, the same in each run. */
function dice(seed: string): (most: number) => number {
  let [bytes, at, round] = [Buffer.alloc(0), 0, 0]
  return (most) => {
    if (at === bytes.length) {
      bytes = createHash('sha512').update(`${seed} ${round++}`).digest()
      at = 0
    }
    at += 4
    return bytes.readUInt32LE(at - 4) % most
  }
}

/** In several languages, and none of them taken from what the model was made of. */
const WORDS =
  `cluster token secret password home lab server node agent production staging prod dev test berlin hamburg paris
london tokyo munich apple banana cherry orange coffee winter summer spring autumn monday friday january march green blue yellow
dragon tiger falcon kitchen garage basement router switch pi raspberry intel nuc kubernetes rancher k3s rke2 helm traefik admin
root user master worker john maria peter anna david lisa michael schnitzel kaiser garten haus hund katze sommer geheim passwort
sicher feuer wasser jiqun mima zhongguo beijing shanghai wuxi nihao laoshi pengyou contrasena secreto casa perro gato verano
motdepasse maison soleil correct horse battery staple rocket galaxy star wars matrix neo hunter shadow sunshine princess football
welcome letmein monkey love money happy family forever never please trust magic wizard hobbit gandalf company team ops infra
platform cloud edge store fleet site north south datacenter backup restore mountain river ocean forest bridge castle knight`.split(
    /\s+/,
  )

const ENDS = [
  '!',
  '!!',
  '?',
  '#1',
  '$',
  'x',
  'xx',
  'abc',
  'qwerty',
  'asdf',
  '123',
  '0815',
  'abc123',
]
const SEPARATORS = ['', '', '-', '_', '.', '!', '+', '']
const LEET: Readonly<Record<string, string>> = { a: '4', e: '3', i: '1', o: '0', s: '5', t: '7' }

/** A text as people make them up: words in some spelling, numbers, dates, an ending. */
function made(roll: (most: number) => number): string {
  const pick = <T>(all: readonly T[]): T => all[roll(all.length)]!
  const two = (most: number): string => String(1 + roll(most)).padStart(2, '0')
  const year = (): string => String(1970 + roll(60))
  const number = (): string =>
    pick([
      year,
      () => String(roll(10_000)),
      () => `${year()}${two(12)}${two(28)}`,
      () => `${year()}-${two(12)}-${two(28)}`,
      () => pick(['123', '1234', '12345', '007', '42', '99', '1', '01', '2026']),
    ])()
  const spell = pick([
    (word: string) => word,
    (word: string) => word.charAt(0).toUpperCase() + word.slice(1),
    (word: string) => word.toUpperCase(),
    (word: string) => word.replace(/[aeiost]/g, (letter) => (roll(2) ? LEET[letter]! : letter)),
  ])
  const parts = Array.from({ length: 3 + roll(5) }, () =>
    roll(4) === 0 ? `${spell(pick(WORDS))}${number()}` : spell(pick(WORDS)),
  )
  if (roll(2)) parts.push(number())
  if (roll(4) === 0) parts.push(pick(ENDS))
  return parts.join(pick(SEPARATORS))
}

/** Those alone that are long enough to have had a fingerprint when only their strength was looked at. */
function manyMade(count: number): readonly string[] {
  const roll = dice('made')
  const all: string[] = []
  while (all.length < count) {
    const text = made(roll)
    if (estimateBits(text) >= 128) all.push(text)
  }
  return all
}

function drawn(alphabet: string, length: number, count: number): readonly string[] {
  const roll = dice(`${alphabet} ${length}`)
  return Array.from({ length: count }, () =>
    Array.from({ length }, () => alphabet[roll(alphabet.length)]!).join(''),
  )
}

const SECURITY = readFileSync(resolve(import.meta.dirname, '../../SECURITY.md'), 'utf8').replace(
  /\s+/g,
  ' ',
)

describe('a text that a person made up', () => {
  test.each([
    'MyClusterTokenForProduction2024x',
    'correct-horse-battery-staple-home',
    'thequickbrownfoxjumpsoverthelazydog',
    'K3s-Home-Lab-2024-Token-Abc123-xyz789',
    'Tr0ub4dor&3Tr0ub4dor&4Tr0ub4dor&5',
    'p4ssw0rd-f0r-my-h0m3-clu5t3r-2024',
    'qwertyuiopasdfghjklzxcvbnm1234567890',
    'abcdefghijklmnopqrstuvwxyz0123456789',
    '1q2w3e4r5t6y7u8i9o0p1q2w3e4r5t6y',
    'a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6',
    '2024-11-25-2024-11-26-2024-11-27-2025-12',
    '14159265358979323846264338327950288419716939937510',
    'JiangsuWuxi20240315k3sJiqunMima',
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab',
    '',
  ])('%j does not look drawn', (text) => expect(looksDrawn(text)).toBe(false))

  test('looks drawn in as few of 10,000 cases as SECURITY says', () => {
    const wrong = manyMade(10_000).filter((text) => looksDrawn(text)).length
    expect(SECURITY).toContain(`${wrong} of 10,000 texts that people make up`)
    expect(wrong).toBeLessThan(5)
  })
})

describe('a text that was drawn', () => {
  test.each([
    ['alphanumeric', ALPHABETS.alphanumeric, 10_000, 300],
    ['hex', ALPHABETS.hex, 2000, 4],
    ['url-safe', ALPHABETS['url-safe'], 2000, 80],
    ['lower-case', 'abcdefghijklmnopqrstuvwxyz', 2000, 40],
  ])('of %s characters looks so', (_, alphabet, count, most) => {
    const all = drawn(alphabet, 43, count)
    expect(all.filter((text) => !looksDrawn(text)).length).toBeLessThan(most)
  })
})

test('as many of 10,000 that our alphabet gives do not look drawn as SECURITY says', () => {
  const all = drawn(ALPHABETS.alphanumeric, 43, 10_000)
  const wrong = all.filter((text) => !looksDrawn(text)).length
  expect(SECURITY).toContain(`${wrong} of 10,000 texts of 43 letters and digits that were drawn`)
})

test('the time grows with the length and no faster', () => {
  const time = (length: number): number => {
    const [text] = drawn(ALPHABETS.alphanumeric, length, 1)
    const start = process.cpuUsage().user
    for (let round = 0; round < 5; round++) looksDrawn(text!)
    return process.cpuUsage().user - start
  }
  time(20_000)
  expect(time(80_000) / Math.max(time(20_000), 1)).toBeLessThan(12)
})
