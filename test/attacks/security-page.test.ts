// SECURITY promises nothing without the test that guards it: each promise names one, and each that is named is there.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { compileName } from '../../src/files/glob.js'

const ROOT = join(import.meta.dirname, '../..')
const PAGE = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8')
const SECTIONS = new Map(
  PAGE.split(/^## /m)
    .slice(1)
    .map((text) => [text.slice(0, text.indexOf('\n')), text]),
)
/** What says nothing of what the program does. */
const NO_PROMISE = ['Reporting', 'What is protected', 'Supported versions']

const namedIn = (text: string): string[] =>
  [...text.matchAll(/`(test\/[\w./*-]+)`/g)].map(([, path]) => path!)

function find(path: string): readonly string[] {
  if (!path.includes('*')) return existsSync(join(ROOT, path)) ? [path] : []
  const isMeant = compileName(path.slice(dirname(path).length + 1))
  return readdirSync(join(ROOT, dirname(path))).filter(isMeant)
}

test('every test that is named is there', () => {
  const named = namedIn(PAGE)
  expect(named.length).toBeGreaterThan(40)
  expect(named.filter((path) => find(path).length === 0)).toEqual([])
})

test('every section that promises something names one', () => {
  const bare = [...SECTIONS].filter(
    ([title, text]) => !NO_PROMISE.includes(title) && namedIn(text).length === 0,
  )
  expect(bare.map(([title]) => title)).toEqual([])
})

describe('from whom, and how', () => {
  const rows = SECTIONS.get('From whom, and how')!
    .split('\n')
    .filter(
      (line) => line.startsWith('| ') && !line.startsWith('| threat') && !line.startsWith('| ---'),
    )

  test('has the threats', () => expect(rows.length).toBeGreaterThan(20))

  test.each(
    rows.map((row) => row.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim())),
  )('%s', (_threat, _answer, guard) => {
    // The proof is a section of its own, with a test for each promise.
    expect(namedIn(guard).length > 0 || guard.includes('#the-proof')).toBe(true)
  })
})

test('the attacks that are tried are all named', () => {
  const names = readdirSync(join(ROOT, 'test/attacks')).filter((name) => name.endsWith('.test.ts'))
  const files = names.map((name) => `test/attacks/${name}`)
  const own = 'test/attacks/security-page.test.ts'
  expect(files.filter((file) => file !== own && !PAGE.includes(file))).toEqual([])
})
