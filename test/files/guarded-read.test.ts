import { afterAll, afterEach, describe, expect, jest, test } from '@jest/globals'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs, { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isTrusted, readGuarded } from '../../src/files/guarded-read.js'
import type { ReadRules } from '../../src/files/guarded-read.js'

const ROOT = mkdtempSync(join(tmpdir(), 'k3s-vars-safe-'))
const FILE = join(ROOT, 'prod.yml')
const TEXT = 'schema: 1\n'
const MOST = 1024 * 1024

function read(file = FILE, rules: Partial<ReadRules> = {}): string | undefined {
  const found = readGuarded(file, { from: 'file', most: MOST, links: 'refuse', ...rules })
  return found?.bytes.toString()
}

afterAll(() => rmSync(ROOT, { recursive: true, force: true }))
afterEach(() => {
  jest.restoreAllMocks()
})

/** Has the system tell a size that is off by so much. */
function tellSizeOff(by: number): void {
  const { fstatSync } = fs
  jest.spyOn(fs, 'fstatSync').mockImplementation((descriptor: number) => {
    const stats = fstatSync(descriptor)
    stats.size += by
    return stats
  })
}

describe('the files of a user are believed', () => {
  test.each([
    ['our own', 1000, true],
    ["root's", 0, true],
    ['those of an owner that is trusted', 1001, true],
    ['nobody else', 1002, false],
  ])('%s', (_what, uid, expected) => {
    jest.spyOn(process as { geteuid: () => number }, 'geteuid').mockReturnValue(1000)
    expect(isTrusted(uid, [1001])).toBe(expected)
  })
})

describe('a file is read', () => {
  test('whole, however little comes at a time', () => {
    writeFileSync(FILE, TEXT)
    const { readSync } = fs
    jest
      .spyOn(fs, 'readSync')
      .mockImplementation(((descriptor: number, buffer: Buffer, offset: number, length: number) =>
        readSync(descriptor, buffer, offset, Math.min(length, 3), null)) as typeof fs.readSync)
    expect(read()).toBe(TEXT)
  })

  test('in one call where the system gives it whole', () => {
    writeFileSync(FILE, TEXT)
    const calls = jest.spyOn(fs, 'readSync')
    expect(read()).toBe(TEXT)
    expect(calls).toHaveBeenCalledTimes(1)
  })

  test('as far as it goes where it became shorter meanwhile', () => {
    writeFileSync(FILE, TEXT)
    tellSizeOff(5)
    expect(read()).toBe(TEXT)
  })

  test('up to its bound, and not a byte of a larger one', () => {
    writeFileSync(FILE, '#'.repeat(MOST))
    expect(read()).toBe('#'.repeat(MOST))
    writeFileSync(FILE, '#'.repeat(MOST + 1))
    const opened = jest.spyOn(fs, 'readSync')
    expect(read).toThrow(expect.objectContaining({ reason: 'too large', path: FILE }))
    expect(opened).not.toHaveBeenCalled()
  })

  test('never in part: one that grew meanwhile is refused', () => {
    writeFileSync(FILE, TEXT)
    tellSizeOff(-1)
    expect(read).toThrow(expect.objectContaining({ reason: 'changed', path: FILE }))
  })

  test('up to where it ended when it was opened, if others may be writing it', () => {
    writeFileSync(FILE, TEXT)
    tellSizeOff(-1)
    expect(read(FILE, { from: 'live file' })).toBe(TEXT.slice(0, -1))
  })

  test('is closed again, whether it can be read or not', () => {
    writeFileSync(FILE, TEXT)
    const opened = jest.spyOn(fs, 'openSync')
    const closed = jest.spyOn(fs, 'closeSync')
    read()
    jest.spyOn(fs, 'readSync').mockImplementation(() => {
      throw Object.assign(new Error(), { code: 'EIO' })
    })
    expect(read).toThrow(expect.objectContaining({ errno: 'EIO', path: FILE }))
    expect(closed.mock.calls.map(([descriptor]) => descriptor)).toEqual(
      opened.mock.results.map(({ value }) => value as number),
    )
  })

  test('not at all where there is none, which is no error, or where it may not be opened', () => {
    expect(
      readGuarded(join(ROOT, 'nothing'), { from: 'file', most: 1, links: 'refuse' }),
    ).toBeNull()
    jest.spyOn(fs, 'openSync').mockImplementation(() => {
      throw Object.assign(new Error(), { code: 'EACCES' })
    })
    expect(read).toThrow(expect.objectContaining({ reason: 'denied', path: FILE }))
  })
})

describe('what is not the file that is meant is refused at once', () => {
  const pipe = join(ROOT, 'pipe')
  const link = join(ROOT, 'link')
  execFileSync('mkfifo', [pipe])
  symlinkSync('prod.yml', link)

  test.each<[string, string, Partial<ReadRules>, object]>([
    ['a folder', ROOT, {}, { reason: 'foreign', errno: 'EISDIR' }],
    ['a folder, as a stream', ROOT, { from: 'stream' }, { reason: 'foreign', errno: 'EISDIR' }],
    ['a pipe that nobody writes', pipe, {}, { reason: 'foreign', errno: '' }],
    ['a pipe, in place of a live file', pipe, { from: 'live file' }, { reason: 'foreign' }],
    ['a device', '/dev/zero', {}, { reason: 'foreign' }],
    ['a device without an end', '/dev/zero', { from: 'stream' }, { reason: 'too large' }],
    ['a link', link, {}, { reason: 'foreign', errno: 'ELOOP' }],
    ['a way through a file', join(FILE, 'x'), {}, { reason: 'foreign', errno: 'ENOTDIR' }],
    ['a name too long', join(ROOT, 'n'.repeat(300)), {}, { errno: 'ENAMETOOLONG' }],
  ])('%s', (_what, file, rules, expected) => {
    writeFileSync(FILE, TEXT)
    expect(() => read(file, rules)).toThrow(expect.objectContaining(expected))
  })

  test('a file that everybody can write, or of somebody else, where owners count', () => {
    writeFileSync(FILE, TEXT)
    chmodSync(FILE, 0o666)
    expect(read()).toBe(TEXT)
    expect(() => read(FILE, { trustedOwners: [] })).toThrow(
      expect.objectContaining({ reason: 'exposed' }),
    )
    chmodSync(FILE, 0o600)
    expect(read(FILE, { trustedOwners: [] })).toBe(TEXT)
    jest.spyOn(process as { geteuid: () => number }, 'geteuid').mockReturnValue(4711)
    const { fstatSync } = fs
    jest.spyOn(fs, 'fstatSync').mockImplementation((descriptor: number) => {
      const stats = fstatSync(descriptor)
      stats.uid = 4712
      return stats
    })
    expect(() => read(FILE, { trustedOwners: [4713] })).toThrow(
      expect.objectContaining({ reason: 'foreign', message: 'belongs to another user' }),
    )
    expect(read(FILE, { trustedOwners: [4712] })).toBe(TEXT)
  })

  test('but a link is followed and a pipe is waited for where that is asked for', async () => {
    writeFileSync(FILE, TEXT)
    expect(read(link, { links: 'follow' })).toBe(TEXT)
    const script = '{ printf one; sleep 0.1; printf two; } >"$1"'
    const writer = spawn('sh', ['-c', script, 'sh', pipe], { stdio: 'ignore' })
    const ended = once(writer, 'close')
    expect(read(pipe, { from: 'stream' })).toBe('onetwo')
    await ended
  })
})
