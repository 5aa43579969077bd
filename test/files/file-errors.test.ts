import { describe, expect, test } from '@jest/globals'
import { constants } from 'node:os'
import { StoreError, UsageError } from '../../src/errors.js'
import { errnoOf, isWithoutLinks, readFault, writeFault } from '../../src/files/file-errors.js'

const FILE = '/etc/tokens/prod.yml'
const fault = (code: string): Error => Object.assign(new Error(`${code}: 'canary'`), { code })

describe("the system's name of an error", () => {
  test.each<[string, unknown, string]>([
    ['by its code', fault('ENOENT'), 'ENOENT'],
    ['by its code with a digit', { code: 'E2BIG' }, 'E2BIG'],
    [
      'by its number where libuv has no name for it',
      { code: 'Unknown system error -122', errno: -constants.errno.EDQUOT },
      'EDQUOT',
    ],
    ['for no number that the system has', { errno: -99_999 }, ''],
    ["for an error of Node's own", fault('ERR_INVALID_ARG_VALUE'), ''],
    ['for a code that only ends like one', fault('xENOENT'), ''],
    ['for a code that is a number', { code: 5 }, ''],
    ['for an error without a code', new Error('ENOENT'), ''],
    ['for a text', 'ENOENT', ''],
    ['for nothing', null, ''],
    ['for what is not even that', undefined, ''],
  ])('%s', (_what, error, expected) => {
    expect(errnoOf(error)).toBe(expected)
  })

  test.each([
    ['EPERM', true],
    ['ENOTSUP', true],
    ['EOPNOTSUPP', true],
    ['ENOSYS', true],
    ['EMLINK', true],
    ['EACCES', false],
    ['EEXIST', false],
    ['EROFS', false],
  ])('%s may mean that there are no links: %s', (code, expected) => {
    expect(isWithoutLinks(fault(code))).toBe(expected)
  })
})

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
    expect(readFault(new Error('canary'), FILE).message).toMatch(/cannot be read$/)
    expect(writeFault(new Error('canary'), FILE).message).toMatch(/failed$/)
  })

  test('passes an error of our own as it is', () => {
    const own = new StoreError('K3SV_STORE_CORRUPT', 'own', { hint: 'hint' })
    const other = new UsageError('K3SV_USAGE', 'own', { hint: 'hint' })
    expect(readFault(own, FILE)).toBe(own)
    expect(writeFault(own, FILE)).toBe(own)
    expect(writeFault(other, FILE)).toBe(other)
  })
})
