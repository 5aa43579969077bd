import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import fs, {
  chmodSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nameNew, targetOf, writeThrough } from '../../src/files/atomic-write.js'
import type { Content } from '../../src/files/atomic-write.js'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'k3s-vars-write-'))
  file = join(folder, 'file')
})
afterEach(() => {
  jest.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

const refuse = (code: string) => (): never => {
  throw Object.assign(new Error(code), { code })
}
const content = (access: Content['access'] = 'own'): Content => ({
  bytes: Buffer.from('new'),
  access,
})
const modeOf = (path: string): number => statSync(path).mode & 0o777
const underUmask = <T>(umask: number, action: () => T): T => {
  const former = process.umask(umask)
  try {
    return action()
  } finally {
    process.umask(former)
  }
}

describe('a new file', () => {
  test.each<[Content['access'], number, number]>([
    ['private', 0o000, 0o600],
    ['private', 0o777, 0o600],
    ['own', 0o022, 0o600],
    ['own', 0o277, 0o600],
    ['shared', 0o022, 0o644],
    ['shared', 0o077, 0o600],
  ])('that is %s has, under the umask %i, the mode %i', (access, umask, mode) => {
    underUmask(umask, () =>
      writeThrough(targetOf(file), content(access), (from) => nameNew(from, file, 'reserve')),
    )
    expect([readFileSync(file, 'utf8'), modeOf(file)]).toEqual(['new', mode])
    expect(readdirSync(folder)).toEqual(['file'])
  })

  test('of a long name has a temporary name that fits', () => {
    const long = join(folder, '界'.repeat(85))
    writeThrough(targetOf(long), content(), (from) => renameSync(from, long))
    expect(readFileSync(long, 'utf8')).toBe('new')
  })

  test.each(['link', 'link that points nowhere', 'file'])('does not replace a %s', (what) => {
    if (what !== 'file') symlinkSync(what === 'link' ? '.' : 'nowhere', file)
    else writeFileSync(file, 'old')
    const before = lstatSync(file).ino
    const isPlaced = writeThrough(targetOf(file), content(), (from) =>
      nameNew(from, file, 'reserve'),
    )
    expect([isPlaced, lstatSync(file).ino]).toEqual([false, before])
    expect(existsSync(join(folder, 'nowhere'))).toBe(false)
  })
})

describe('where the file system has no hard links', () => {
  beforeEach(() => {
    jest.spyOn(fs, 'linkSync').mockImplementation(refuse('EPERM'))
  })

  test.each(['reserve', 'rename'] as const)('a new file appears whole (%s)', (withoutLinks) => {
    const seen: string[] = []
    const { renameSync: rename } = fs
    jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
      seen.push(existsSync(file) ? readFileSync(file, 'utf8') : 'nothing')
      rename(from, to)
    })
    const isPlaced = writeThrough(targetOf(file), content('private'), (from) =>
      nameNew(from, file, withoutLinks),
    )
    expect([isPlaced, readFileSync(file, 'utf8'), modeOf(file)]).toEqual([true, 'new', 0o600])
    expect(seen).toEqual([withoutLinks === 'reserve' ? '' : 'nothing'])
    expect(readdirSync(folder)).toEqual(['file'])
  })

  test('a file that came meanwhile is never replaced', () => {
    writeFileSync(file, 'theirs')
    const place = (from: string): boolean => nameNew(from, file, 'reserve')
    expect(writeThrough(targetOf(file), content(), place)).toBe(false)
    expect(readFileSync(file, 'utf8')).toBe('theirs')
    expect(readdirSync(folder)).toEqual(['file'])
  })

  test('a name that was reserved is given back where the file cannot take it', () => {
    jest.spyOn(fs, 'renameSync').mockImplementation(refuse('EIO'))
    const place = (from: string): boolean => nameNew(from, file, 'reserve')
    expect(() => writeThrough(targetOf(file), content(), place)).toThrow(
      expect.objectContaining({ errno: 'EIO', path: file }),
    )
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('where the file system has no modes', () => {
  beforeEach(() => {
    const { fstatSync } = fs
    jest.spyOn(fs, 'fchmodSync').mockImplementation(refuse('EPERM'))
    jest.spyOn(fs, 'fstatSync').mockImplementation((descriptor: number) => {
      const stats = fstatSync(descriptor)
      stats.mode |= 0o755
      return stats
    })
  })

  test('a private file is not written, and its bytes never were', () => {
    const written = jest.spyOn(fs, 'writeFileSync')
    expect(() => writeThrough(targetOf(file), content('private'), () => true)).toThrow(
      expect.objectContaining({ reason: 'exposed', path: file }),
    )
    expect(written).not.toHaveBeenCalled()
    expect(readdirSync(folder)).toEqual([])
  })

  test('one that others may read is', () => {
    writeThrough(targetOf(file), content('own'), (from) => renameSync(from, file))
    expect(readFileSync(file, 'utf8')).toBe('new')
  })
})

test.each<[Content['access'], number, number]>([
  ['own', 0o664, 0o664],
  ['private', 0o664, 0o600],
  ['private', 0o700, 0o700],
])('a file that is replaced keeps its mode, %s: %i → %i', (access, before, after) => {
  writeFileSync(file, 'old')
  chmodSync(file, before)
  const former = statSync(file)
  writeThrough(targetOf(file), { ...content(access), former }, (from) => renameSync(from, file))
  expect([readFileSync(file, 'utf8'), modeOf(file)]).toEqual(['new', after])
})

test('an error of the caller passes as it is, and the temporary file is gone', () => {
  const own = new TypeError('own')
  expect(() =>
    writeThrough(targetOf(file), content(), () => {
      throw own
    }),
  ).toThrow(own)
  expect(readdirSync(folder)).toEqual([])
})
