import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import {
  cacheBeside,
  compileBundle,
  load,
  requireParts,
  sealCache,
} from '../../src/source/code-cache.js'
import type { CompiledBundle } from '../../src/source/code-cache.js'
import { keepCode, tellCode } from '../../src/source/keep-code.js'
import { environmentIn } from '../support/environment.js'

/** What says in a run which text V8 really ran. */
const BUNDLE = 'const answer = () => "first"; exports.answer = answer\n'
const OTHER = 'const answer = () => "other"; exports.answer = answer\n'

let folder: string
let bundle: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'k3s_vars-code-'))
  mkdirSync(join(folder, 'dist'), { mode: 0o755 })
  bundle = join(folder, 'dist/inventory.cjs')
  writeFileSync(bundle, BUNDLE)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function compile(variables: Record<string, string> = {}): CompiledBundle {
  return compileBundle(bundle, { ...environmentIn(folder, variables), home: join(folder, 'home') })
}

function answerOf({ script }: CompiledBundle): string {
  const { answer } = load<{ answer: () => string }>(
    bundle,
    script,
    createRequire(join(folder, 'x.cjs')),
  )
  return answer()
}

/** As a run does that opened a token. */
function runOnce(variables: Record<string, string> = {}, opens = true): string | undefined {
  const compiled = compile(variables)
  expect(answerOf(compiled)).toBe('first')
  return keepCode(compiled, opens)
}

describe('beside the bundle', () => {
  beforeEach(() => {
    const compiled = compile()
    answerOf(compiled)
    writeFileSync(cacheBeside(bundle), sealCache(compiled, true))
  })

  test('a cache is used', () => {
    const compiled = compile()
    expect(compiled.cache).toMatchObject({ file: cacheBeside(bundle), opens: true })
    expect(compiled.script.cachedDataRejected).toBe(false)
    expect(answerOf(compiled)).toBe('first')
    expect(keepCode(compiled, true)).toBeUndefined()
    expect(existsSync(join(folder, 'home'))).toBe(false)
  })

  test('it is not believed of a bundle of the same length with other bytes', () => {
    expect(OTHER).toHaveLength(BUNDLE.length)
    writeFileSync(bundle, OTHER)
    // As npm does, which gives all files of a package the same time.
    for (const file of [bundle, cacheBeside(bundle)]) utimesSync(file, 499162500, 499162500)
    const compiled = compile()
    expect(compiled.cache).toBeUndefined()
    expect(answerOf(compiled)).toBe('other')
  })

  test('it is not believed of another program, however alike', () => {
    const bytes = readFileSync(cacheBeside(bundle))
    const at = bytes.indexOf(process.version)
    expect(at).toBeGreaterThan(0)
    bytes.write('v20.19.0', at)
    writeFileSync(cacheBeside(bundle), bytes)
    expect(compile().cache).toBeUndefined()
  })

  const half = (bytes: Buffer): number => Math.floor(bytes.length / 4)
  test.each<[string, (bytes: Buffer) => Buffer]>([
    ['empty', () => Buffer.alloc(0)],
    ['cut short', (bytes) => bytes.subarray(0, 100)],
    ['without its beginning', (bytes) => bytes.subarray(1)],
    ['without its end', (bytes) => bytes.subarray(0, -1)],
    ['partly empty, as a crash leaves it', (bytes) => Buffer.from(bytes).fill(0, 0, half(bytes))],
    ['too large', (bytes) => Buffer.concat([Buffer.alloc(5 * 1024 * 1024), bytes])],
  ])('one that is %s is passed over', (_, damage) => {
    writeFileSync(cacheBeside(bundle), damage(readFileSync(cacheBeside(bundle))))
    const compiled = compile()
    expect(compiled.cache).toBeUndefined()
    expect(answerOf(compiled)).toBe('first')
  })

  test('nothing is believed in a folder that everybody can write', () => {
    chmodSync(dirname(bundle), 0o777)
    expect(compile().cache).toBeUndefined()
  })

  test('a link is not followed', () => {
    renameSync(cacheBeside(bundle), join(folder, 'elsewhere'))
    symlinkSync(join(folder, 'elsewhere'), cacheBeside(bundle))
    expect(compile().cache).toBeUndefined()
  })
})

describe('in the folder of the user', () => {
  test('the first run keeps its code, and the next ones use it', () => {
    const kept = runOnce()
    expect(kept).toMatch(
      new RegExp(`^${folder}/home/\\.cache/k3s_vars/inventory-${process.version}-[^/]*\\.cache$`),
    )
    expect(lstatSync(dirname(kept!)).mode & 0o777).toBe(0o700)
    expect(lstatSync(kept!).mode & 0o777).toBe(0o600)
    const compiled = compile()
    expect(compiled.cache).toMatchObject({ file: kept, opens: true })
    expect(answerOf(compiled)).toBe('first')
    expect(tellCode(compiled, keepCode(compiled, true))).toBe(`used ${kept}`)
    expect(readdirSync(dirname(kept!))).toEqual([basename(kept!)])
  })

  test('code of a run that opened nothing makes place for that of one that did', () => {
    const kept = runOnce({}, false)
    expect(compile().cache).toMatchObject({ opens: false })
    expect(runOnce({}, false)).toBeUndefined()
    expect(runOnce({}, true)).toBe(kept)
    expect(compile().cache).toMatchObject({ opens: true })
    expect(runOnce({}, true)).toBeUndefined()
  })

  test('a bundle of the same length with other bytes is compiled, and replaces it', () => {
    const kept = runOnce()
    writeFileSync(bundle, OTHER)
    const compiled = compile()
    expect(compiled.cache).toBeUndefined()
    expect(answerOf(compiled)).toBe('other')
    expect(keepCode(compiled, true)).toBe(kept)
    expect(answerOf(compile())).toBe('other')
    expect(compile().cache).toMatchObject({ file: kept })
  })

  test('XDG_CACHE_HOME names it, where that is an absolute path', () => {
    expect(runOnce({ XDG_CACHE_HOME: join(folder, 'xdg') })).toMatch(`${folder}/xdg/k3s_vars/`)
    expect(runOnce({ XDG_CACHE_HOME: 'relative' })).toMatch(`${folder}/home/.cache/k3s_vars/`)
  })

  test('each bundle has its own, and takes the place of none of another', () => {
    const own = runOnce()!
    for (const version of [1, 2, 3, 4, 5]) {
      const file = join(dirname(own), `cli-v${version}.cache`)
      writeFileSync(file, 'x')
      utimesSync(file, version * 1000, version * 1000)
    }
    bundle = join(folder, 'dist/cli.cjs')
    writeFileSync(bundle, BUNDLE)
    const other = runOnce()!
    expect(basename(other)).toMatch(/^cli-v.*\.cache$/)
    const kept = readdirSync(dirname(own))
    expect(kept).toContain(basename(own))
    expect(kept.filter((name) => name.startsWith('cli-'))).toHaveLength(4)
    expect(kept).toContain(basename(other))
  })

  test('at most four stay, the newest', () => {
    const place = join(folder, 'home/.cache/k3s_vars')
    mkdirSync(place, { recursive: true, mode: 0o700 })
    for (let version = 1; version <= 6; version++) {
      const file = join(place, `inventory-v2${version}.0.0-x64-1.cache`)
      writeFileSync(file, 'x')
      utimesSync(file, version * 1000, version * 1000)
    }
    writeFileSync(join(place, 'not-ours'), 'x')
    const kept = basename(runOnce()!)
    const left = ['v24', 'v25', 'v26'].map((version) => `inventory-${version}.0.0-x64-1.cache`)
    expect(readdirSync(place).sort()).toEqual([...left, kept, 'not-ours'].sort())
  })

  test('nothing is kept where NODE_DISABLE_COMPILE_CACHE is set', () => {
    const compiled = compile({ NODE_DISABLE_COMPILE_CACHE: '1' })
    expect(keepCode(compiled, true)).toBeUndefined()
    expect(tellCode(compiled, undefined)).toBe('none, and no folder for one')
    expect(existsSync(join(folder, 'home'))).toBe(false)
  })

  test('nothing is kept, and nothing fails, where the folder cannot be made', () => {
    writeFileSync(join(folder, 'home'), 'a file')
    const compiled = compile()
    const kept = keepCode(compiled, true)
    expect(kept).toBeUndefined()
    expect(tellCode(compiled, kept)).toMatch(/^none, and .* cannot be made$/)
  })

  describe('what others can have put there is neither used nor written', () => {
    let kept: string
    beforeEach(() => {
      kept = runOnce()!
      expect(compile().cache).toBeDefined()
    })
    const expectNoTrust = (): void => {
      const before = readFileSync(kept)
      const compiled = compile()
      expect(compiled.cache).toBeUndefined()
      expect(keepCode(compiled, true)).toBeUndefined()
      expect(readFileSync(kept).equals(before)).toBe(true)
    }

    test.each(['770', '707', '777'])('a folder of mode %s', (mode) => {
      chmodSync(dirname(kept), mode)
      expectNoTrust()
    })

    test('a link in place of the folder', () => {
      renameSync(dirname(kept), join(folder, 'moved'))
      symlinkSync(join(folder, 'moved'), dirname(kept))
      expectNoTrust()
    })

    test('a file that others can write is compiled anew', () => {
      chmodSync(kept, 0o620)
      expect(compile().cache).toBeUndefined()
      expect(runOnce()).toBe(kept)
      expect(statSync(kept).mode & 0o777).toBe(0o600)
    })

    const asRoot = process.geteuid!() === 0 ? test : test.skip
    asRoot('a folder and a file of another user', () => {
      chownSync(dirname(kept), 65534, 65534)
      expectNoTrust()
      chownSync(dirname(kept), 0, 0)
      chownSync(kept, 65534, 65534)
      expect(compile().cache).toBeUndefined()
    })
  })
})

describe('a part that a bundle requires', () => {
  function requireIn(): { require: (id: string) => unknown; parts: CompiledBundle[] } {
    const parts: CompiledBundle[] = []
    const environment = { ...environmentIn(folder, {}), home: join(folder, 'home') }
    const own = createRequire(join(folder, 'dist/x.cjs'))
    const options = { folder: join(folder, 'dist'), environment, parts }
    return { require: requireParts(own, options), parts }
  }
  beforeEach(() => {
    writeFileSync(join(folder, 'dist/store-etcd.cjs'), BUNDLE)
    writeFileSync(join(folder, 'dist/store-git.cjs'), OTHER)
  })

  test('is compiled from a cache of its own, which a run keeps, and made once', () => {
    const first = requireIn()
    const made = first.require('./store-etcd.cjs') as { answer: () => string }
    expect(made.answer()).toBe('first')
    expect(first.require('./store-etcd.cjs')).toBe(made)
    expect(first.parts).toHaveLength(1)
    const kept = keepCode(first.parts[0]!, true)!
    expect(basename(kept)).toMatch(/^store-etcd-v\d/)
    const next = requireIn()
    expect((next.require('./store-etcd.cjs') as typeof made).answer()).toBe('first')
    expect(next.parts[0]!.cache?.file).toBe(kept)
    // Those of bundles with other names do not count among its own, nor its own among theirs.
    for (let number = 0; number < 6; number++) {
      writeFileSync(join(dirname(kept), `store-v${number}.cache`), '')
      writeFileSync(join(dirname(kept), `inventory-v${number}.cache`), '')
    }
    rmSync(kept)
    expect(keepCode(next.parts[0]!, true)).toBeUndefined()
    const again = requireIn()
    again.require('./store-etcd.cjs')
    keepCode(again.parts[0]!, true)
    expect(readdirSync(dirname(kept))).toHaveLength(13)
  })

  test('is none of the others, which Node itself loads', () => {
    const { require, parts } = requireIn()
    expect((require('./store-git.cjs') as { answer: () => string }).answer()).toBe('other')
    expect(require('node:fs')).toBe(createRequire(bundle)('node:fs'))
    expect(parts).toEqual([])
  })
})
