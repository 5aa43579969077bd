import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'

const ROOT = join(__dirname, '../..')

const UP = /^src\/token may not import src\/vault;/
const OUTSIDE = /^src\/ imports nothing from outside/
const PACKAGE = /^'yargs' is imported by src\/cli\/parser\.ts alone/
const UNKNOWN = /^no file of src\/ may import/
const COMPUTED = /in one plain string/
const CIRCLE = /^imports go around in a circle: /

const REFUSED: readonly (readonly [string, string, string, RegExp])[] = [
  ['an import', 'src/token/x.ts', `import { a } from '../vault/vault.js'`, UP],
  ['a type', 'src/token/x.ts', `import type { Vault } from '../vault/vault.js'`, UP],
  ['a type in place', 'src/token/x.ts', `export type V = import('../vault/vault.js').Vault`, UP],
  ['import()', 'src/token/x.ts', `await import('../vault/vault.js')`, UP],
  ['import() of a template', 'src/token/x.ts', 'await import(`../vault/vault.js`)', UP],
  ['a way around', 'src/token/x.ts', `import '../../src/vault/vault.js'`, UP],
  ['another way around', 'src/token/x.ts', `import '../token/.././vault/vault.js'`, UP],
  ['an encoded letter', 'src/token/x.ts', `import '../%76ault/vault.js'`, UP],
  ['a query', 'src/token/x.ts', `import '../vault/vault.js?again'`, UP],
  ['an absolute path', 'src/token/x.ts', `import '${ROOT}/src/vault/vault.js'`, UP],
  ['a URL', 'src/token/x.ts', `import 'file://${ROOT}/src/vault/vault.js'`, UP],
  ['export from', 'src/token/x.ts', `export { a } from '../vault/vault.js'`, UP],
  ['export all', 'src/token/x.ts', `export * from '../vault/vault.js'`, UP],
  ['require()', 'src/token/x.ts', `require('../vault/vault.js')`, UP],
  ['module.require()', 'src/token/x.ts', `module.require('../vault/vault.js')`, UP],
  ['import = require()', 'src/token/x.ts', `import a = require('../vault/vault.js')`, UP],
  ['an augmentation', 'src/token/x.ts', `declare module '../vault/vault.js' { const a: 1 }`, UP],
  ['a file further down', 'src/token/a/b/x.ts', `import '../../../vault/vault.js'`, UP],
  ['a JavaScript file', 'src/token/x.js', `import '../vault/vault.js'`, UP],
  ['createRequire()', 'src/token/x.ts', `createRequire(here)('../vault/a')`, /^what createRequire/],
  ['a computed import()', 'src/token/x.ts', 'await import(`../${name}.js`)', COMPUTED],
  ['a computed require()', 'src/token/x.ts', `require(name)`, COMPUTED],

  ['up from the base', 'src/errors.ts', `import './token/token.js'`, /^src\/errors may not import/],
  [
    'base from base',
    'src/secret.ts',
    `import './limiter.js'`,
    /^src\/secret may not import src\/lim/,
  ],
  [
    'a base file that is not for all',
    'src/token/x.ts',
    `import '../format-error.js'`,
    /^src\/token may not import src\/format-error/,
  ],
  ['a new base file', 'src/x.ts', `export const x = 1`, /^src\/x has no row/],
  ['a new folder', 'src/new/x.ts', `export const x = 1`, /^src\/new has no row/],
  [
    'the build',
    'src/cli/x.ts',
    `import '../build/validator.js'`,
    /^src\/cli may not import src\/bu/,
  ],
  ['a test', 'src/token/x.ts', `import '../../test/store/samples.js'`, OUTSIDE],
  ['a package by its path', 'src/cli/x.ts', `import '../../node_modules/yargs/x.js'`, OUTSIDE],

  ['a package', 'src/token/x.ts', `import yargs from 'yargs'`, PACKAGE],
  ['a part of a package', 'src/cli/run.ts', `import 'yargs/helpers'`, PACKAGE],
  ['a package by import()', 'src/cli/run.ts', `await import('yargs')`, PACKAGE],
  ['a type of a package', 'src/cli/run.ts', `type A = import('yargs').Argv`, PACKAGE],
  ['a package that nobody has', 'src/token/x.ts', `import '@swc/core'`, UNKNOWN],
  ['a built-in without node:', 'src/token/x.ts', `import 'fs'`, UNKNOWN],
  ['text as a module', 'src/token/x.ts', `import 'data:text/javascript,1'`, UNKNOWN],

  ['itself', 'src/token/grammar.ts', `import './grammar.js'`, CIRCLE],
  ['who imports it', 'src/token/grammar.ts', `import './parse.js'`, CIRCLE],
  ['who imports its type', 'src/token/grammar.ts', `type A = import('./parse.js').A`, CIRCLE],
]

const ALLOWED: readonly (readonly [string, string, string])[] = [
  ['a layer below', 'src/vault/x.ts', `import '../files/trusted-read.js'`],
  ['the way around to it', 'src/vault/x.ts', `import '../../src/files/trusted-read.js'`],
  ['its own folder', 'src/cli/vault/x.ts', `import '../vault/y.js'`],
  ['the base', 'src/token/x.ts', `import { Secret } from '../secret.js'`],
  ['a built-in', 'src/token/x.ts', `import { join } from 'node:path'`],
  ['its package', 'src/cli/parser.ts', `import yargs from 'yargs'; import 'yargs/helpers'`],
  [
    'a method of that name',
    'src/token/x.ts',
    `class A { #require(a: string) { this.#require(a) } }`,
  ],
]

interface Verdict {
  readonly samples: readonly (readonly string[])[]
  readonly files: number
  readonly tree: readonly string[]
}

const samples = [...REFUSED, ...ALLOWED].map(([, file, text]) => [file, text])
const verdict = JSON.parse(
  execFileSync('node', ['--import', 'tsx', join(__dirname, 'lint-samples.ts')], {
    cwd: ROOT,
    input: JSON.stringify(samples),
    encoding: 'utf8',
  }),
) as Verdict

describe('an import that breaks the layers is refused', () => {
  test.each(REFUSED.map((row, index) => [...row, index] as const))(
    '%s: %s: %s',
    (_title, _file, _text, reason, index) => {
      expect(verdict.samples[index]).toEqual([expect.stringMatching(reason)])
    },
  )
})

describe('an import that keeps to them is let through', () => {
  test.each(ALLOWED.map((row, index) => [...row, REFUSED.length + index] as const))(
    '%s: %s: %s',
    (_title, _file, _text, index) => {
      expect(verdict.samples[index]).toEqual([])
    },
  )
})

test('today’s tree keeps to them', () => {
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  expect(verdict.tree).toEqual([])
  expect(verdict.files).toBeGreaterThanOrEqual(
    sources.filter((name) => name.endsWith('.ts')).length,
  )
})

test.each([
  ['a circle', { a: ['b'], b: ['c'], c: ['a'] }, 'LAYERS go around in a circle: a → b → c → a'],
  ['a name without a row', { a: ['b'] }, "LAYERS name 'b', which has no row"],
])('a table with %s is refused', (_title, layers, reason) => {
  const script = `
    import { layeredImports } from './src/build/lint-imports.js'
    try { layeredImports({ root: '.', layers: ${JSON.stringify(layers)}, packages: {} }) }
    catch (error) { console.log(error.message) }`
  const said = execFileSync('node', ['--input-type=module', '--eval', script], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  expect(said.trim()).toBe(reason)
})
