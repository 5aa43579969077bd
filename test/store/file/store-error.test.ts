import { describe, expect, test } from '@jest/globals'
import { StoreError, UsageError } from '../../../src/errors.js'
import { FileError } from '../../../src/files/file-error.js'
import type { FileReason } from '../../../src/files/file-error.js'
import { LockedError } from '../../../src/files/lock.js'
import { currentProcess } from '../../../src/files/process-identity.js'
import { readFault, writeFault } from '../../../src/store/file/store-error.js'

const FILE = '/etc/tokens/prod.yml'
const fault = (code: string): Error => Object.assign(new Error(`${code}: 'canary'`), { code })

describe('what a failing access means', () => {
  test.each([
    ['ELOOP', 'FOREIGN', 'FOREIGN'],
    ['ENOTDIR', 'FOREIGN', 'FOREIGN'],
    ['EISDIR', 'FOREIGN', 'FOREIGN'],
    ['ENXIO', 'FOREIGN', 'FOREIGN'],
    ['ENOSPC', 'UNAVAILABLE', 'FULL'],
    ['EDQUOT', 'UNAVAILABLE', 'FULL'],
    ['EFBIG', 'UNAVAILABLE', 'FULL'],
    ['EROFS', 'UNAVAILABLE', 'READ_ONLY'],
    ['EACCES', 'UNAVAILABLE', 'READ_ONLY'],
    ['EPERM', 'UNAVAILABLE', 'READ_ONLY'],
    ['EIO', 'UNAVAILABLE', 'UNAVAILABLE'],
    ['ESTALE', 'UNAVAILABLE', 'UNAVAILABLE'],
  ])('%s is %s for reading and %s for writing', (code, reading, writing) => {
    const errors = [readFault(fault(code), FILE), writeFault(fault(code), FILE)]
    expect(errors.map((error) => error.code)).toEqual([
      `K3SV_STORE_${reading}`,
      `K3SV_STORE_${writing}`,
    ])
    for (const error of errors) {
      expect(error).toMatchObject({ location: { file: FILE }, hint: expect.stringMatching(/\w/) })
      expect(error.message.endsWith(` (${code})`)).toBe(!error.code.endsWith('FOREIGN'))
      expect(`${error.message}${error.hint}${error.stack}`).not.toContain('canary')
    }
  })

  test('of an unknown kind has no name to tell', () => {
    const unknown = Object.assign(new Error('canary'), { errno: -123_456 })
    expect(readFault(unknown, FILE).message).toMatch(/cannot be read$/)
    expect(writeFault(unknown, FILE).message).toMatch(/failed$/)
  })

  test('passes an error of our own as it is', () => {
    const own = new StoreError('K3SV_STORE_CORRUPT', 'own', { hint: 'hint' })
    const other = new UsageError('K3SV_USAGE', 'own', { hint: 'hint' })
    expect(readFault(own, FILE)).toBe(own)
    expect(writeFault(own, FILE)).toBe(own)
    expect(writeFault(other, FILE)).toBe(other)
  })

  test.each<[FileReason, string, string]>([
    ['foreign', 'FOREIGN', 'FOREIGN'],
    ['exposed', 'EXPOSED', 'EXPOSED'],
    ['denied', 'UNAVAILABLE', 'READ_ONLY'],
    ['read-only', 'UNAVAILABLE', 'READ_ONLY'],
    ['owner', 'UNAVAILABLE', 'READ_ONLY'],
    ['full', 'UNAVAILABLE', 'FULL'],
    ['locked', 'UNAVAILABLE', 'UNAVAILABLE'],
    ['changed', 'UNAVAILABLE', 'UNAVAILABLE'],
    ['too large', 'CORRUPT', 'UNAVAILABLE'],
    ['unavailable', 'UNAVAILABLE', 'UNAVAILABLE'],
  ])('by its word, %s is %s for reading and %s for writing', (reason, reading, writing) => {
    const error = new FileError(reason, 'is so', { path: '/the/very/file' })
    for (const [told, code] of [
      [readFault(error, FILE), reading],
      [writeFault(error, FILE), writing],
    ] as const) {
      expect(told).toBeInstanceOf(StoreError)
      expect(told).toMatchObject({
        code: `K3SV_STORE_${code}`,
        location: { file: '/the/very/file' },
        hint: expect.stringMatching(/\w/),
      })
    }
  })
})

describe('the lock of another process', () => {
  const own = currentProcess()
  const told = (holder: Partial<typeof own> | undefined) =>
    writeFault(new LockedError('/tokens/.prod.lock', holder && { ...own, ...holder }), FILE)

  test.each([
    [
      'a process that lives elsewhere',
      { pid: 7, host: 'elsewhere' },
      'process 7 on elsewhere holds the lock of the token document',
      'wait for it',
    ],
    [
      'one of this machine before it started anew',
      { pid: 7, boot: 'former' },
      `process 7 held the lock of the token document on ${own.host} before it was last started`,
      'delete the lock file',
    ],
    ['nobody that is known', undefined, 'another process holds the lock', 'wait for it'],
  ])('names %s', (_what, holder, message, hint) => {
    expect(told(holder)).toMatchObject({
      code: 'K3SV_STORE_LOCKED',
      message: expect.stringContaining(message),
      location: { file: '/tokens/.prod.lock' },
      hint: expect.stringContaining(hint),
    })
  })
})
