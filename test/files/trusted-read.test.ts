import { afterAll, afterEach, describe, expect, jest, test } from '@jest/globals'
import fs, { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isTrusted, readTrusted } from '../../src/files/trusted-read.js'

const ROOT = mkdtempSync(join(tmpdir(), 'k3s-vars-safe-'))
const FILE = join(ROOT, 'prod.yml')
const TEXT = 'schema: 1\n'
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
    expect(readTrusted(FILE, [])?.bytes.toString()).toBe(TEXT)
  })

  test('in one call where the system gives it whole', () => {
    writeFileSync(FILE, TEXT)
    const read = jest.spyOn(fs, 'readSync')
    expect(readTrusted(FILE, [])?.bytes.toString()).toBe(TEXT)
    expect(read).toHaveBeenCalledTimes(1)
  })

  test('as far as it goes where it became shorter meanwhile', () => {
    writeFileSync(FILE, TEXT)
    tellSizeOff(5)
    expect(readTrusted(FILE, [])?.bytes.toString()).toBe(TEXT)
  })

  test('up to 1 MiB', () => {
    const bytes = Buffer.alloc(1024 * 1024, '#')
    writeFileSync(FILE, bytes)
    expect(readTrusted(FILE, [])?.bytes.equals(bytes)).toBe(true)
  })

  test('never in part: one that grew meanwhile is refused', () => {
    writeFileSync(FILE, TEXT)
    tellSizeOff(-1)
    expect(() => readTrusted(FILE, [])).toThrow(
      expect.objectContaining({
        code: 'K3SV_STORE_UNAVAILABLE',
        message: 'the token document grew while it was read',
        location: { file: FILE },
        hint: expect.stringContaining('try again'),
      }),
    )
  })

  test('is closed again, whether it can be read or not', () => {
    writeFileSync(FILE, TEXT)
    const opened = jest.spyOn(fs, 'openSync')
    const closed = jest.spyOn(fs, 'closeSync')
    readTrusted(FILE, [])
    jest.spyOn(fs, 'readSync').mockImplementation(() => {
      throw Object.assign(new Error(), { code: 'EIO' })
    })
    expect(() => readTrusted(FILE, [])).toThrow(
      expect.objectContaining({ code: 'K3SV_STORE_UNAVAILABLE', location: { file: FILE } }),
    )
    expect(closed.mock.calls.map(([descriptor]) => descriptor)).toEqual(
      opened.mock.results.map(({ value }) => value as number),
    )
  })

  test('not at all where there is none, which is no error, or where it may not be opened', () => {
    expect(readTrusted(join(ROOT, 'nothing'), [])).toBeNull()
    jest.spyOn(fs, 'openSync').mockImplementation(() => {
      throw Object.assign(new Error(), { code: 'EACCES' })
    })
    expect(() => readTrusted(FILE, [])).toThrow(
      expect.objectContaining({ code: 'K3SV_STORE_UNAVAILABLE', location: { file: FILE } }),
    )
  })
})
