// A mistake in the program itself, as a user has to report it: the built program is made to stumble, and its one line says
// where in src that was. The line is looked up here, so that no number has to be kept.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'

const ROOT = resolve(import.meta.dirname, '../..')
const SECRET = 'Zw8rT2kQ9mX4vB7nL1pD6sF3hJ5gCanary'

let project: Project
beforeAll(() => {
  project = new Project()
  expect(project.run(LAUNCHER, ['--list']).status).toBe(0)
})
afterAll(() => project.remove())

/** Runs the launcher after `script`, which makes something of Node's throw. */
function stumble(script: string, args: readonly string[], launcher = LAUNCHER): Outcome {
  const preload = project.write('preload.cjs', `const SECRET = '${SECRET}'\n${script}`)
  return project.run(launcher, args, {
    environment: { NODE_OPTIONS: `--require "${preload}"` },
  })
}

/** What of `src` the report points at. */
function sourceOf({ status, stdout, stderr }: Outcome): { file: string; text: string } {
  expect([status, stdout]).toEqual([1, ''])
  expect(stderr).not.toContain(SECRET)
  const found =
    /^k3s_vars: internal error: RangeError at (src\/[\w./-]+\.ts):(\d+):(\d+) \(K3SV_FAULT\)\nhint: .+\n$/.exec(
      stderr,
    )
  expect({ stderr, isReport: found !== null }).toEqual({ stderr, isReport: true })
  const [, file, line, column] = found!
  const text = readFileSync(join(ROOT, file!), 'utf8').split('\n')[Number(line) - 1]!
  return { file: file!, text: text.slice(Number(column) - 1) }
}

const LOOKING = `const fs = require('node:fs'), { statSync } = fs
fs.statSync = (path, ...rest) => {
  if (String(path).endsWith('k3s_vars.yml')) throw new RangeError(SECRET)
  return statSync(path, ...rest)
}
`
const PRINTING = `const { stringify } = JSON
JSON.stringify = (value, ...rest) => {
  if (value?._meta) throw new RangeError(SECRET)
  return stringify(value, ...rest)
}
`
describe('the place in src', () => {
  test.each([
    ['the inventory source', ['--list']],
    ['the command line', ['status']],
  ])('of a mistake in %s', (_, args) => {
    const { file, text } = sourceOf(stumble(LOOKING, args))
    expect(file).toBe('src/files/look.ts')
    expect(text).toMatch(/^look\(/)
  })

  test('of one in the very last step', () => {
    const { file, text } = sourceOf(stumble(PRINTING, ['--list']))
    expect(file).toBe('src/source/main.ts')
    expect(text).toMatch(/^stringify\(|^JSON\.stringify\(/)
  })

  test('is not lost in a package that npm installed', () => {
    const installed = project.path('node_modules/k3s-vars')
    for (const name of ['dist', 'plugins']) {
      cpSync(join(ROOT, name), join(installed, name), { recursive: true })
    }
    const launcher = join(installed, 'plugins/k3s_vars')
    for (const args of [['--list'], ['status']]) {
      expect(sourceOf(stumble(LOOKING, args, launcher)).file).toBe('src/files/look.ts')
    }
  })
})

test.each([
  ['missing', (map: string) => rmSync(map)],
  ['damaged', (map: string) => writeFileSync(map, '{ "version": 3')],
  [
    'another one',
    (map: string) =>
      writeFileSync(map, '{"version":3,"sources":["/etc/passwd"],"names":[],"mappings":"AAAA"}'),
  ],
])('where a source map is %s the bundle is named', (_, spoil) => {
  const installed = project.path('elsewhere')
  mkdirSync(installed, { recursive: true })
  for (const name of ['dist', 'plugins']) {
    cpSync(join(ROOT, name), join(installed, name), { recursive: true })
  }
  spoil(join(installed, 'dist/inventory.cjs.map'))
  const { stderr } = stumble(LOOKING, ['--list'], join(installed, 'plugins/k3s_vars'))
  expect(stderr).toMatch(
    /^k3s_vars: internal error: RangeError at inventory\.cjs:\d+:\d+ \(K3SV_FAULT\)\n/,
  )
  expect(stderr).not.toContain(SECRET)
})

test('no source map is read unless there is an internal error', () => {
  const log = project.path('maps')
  const watch = `{ const fs = require('node:fs')
for (const name of ['readFileSync', 'openSync']) {
  const real = fs[name]
  fs[name] = (path, ...rest) => {
    if (String(path).endsWith('.map')) fs.appendFileSync(${JSON.stringify(log)}, path + '\\n')
    return real(path, ...rest)
  }
} }
`
  project.write('broken.yml', 'clusters: [')
  for (const args of [['--list'], ['status'], ['status', '--config', 'broken.yml'], ['nonsense']]) {
    stumble(watch, args)
    expect(existsSync(log)).toBe(false)
  }
  stumble(watch + LOOKING, ['--list'])
  expect(readFileSync(log, 'utf8')).toMatch(/inventory\.cjs\.map\n$/)
})
