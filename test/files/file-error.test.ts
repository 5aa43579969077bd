import { describe, expect, test } from '@jest/globals'
import { constants } from 'node:os'
import {
  errnoOf,
  FileError,
  fileError,
  isAbsence,
  isWithoutLinks,
} from '../../src/files/file-error.js'

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
    ['ELOOP', 'foreign', false],
    ['ENOTDIR', 'foreign', true],
    ['EISDIR', 'foreign', false],
    ['ENXIO', 'foreign', false],
    ['ENOSPC', 'full', false],
    ['EDQUOT', 'full', false],
    ['EFBIG', 'full', false],
    ['EROFS', 'read-only', false],
    ['EACCES', 'denied', false],
    ['EPERM', 'denied', false],
    ['ENOENT', 'unavailable', true],
    ['ENAMETOOLONG', 'unavailable', true],
    ['EIO', 'unavailable', false],
    ['ESTALE', 'unavailable', false],
  ])('%s is %s, and says that nothing can be there: %s', (errno, reason, absent) => {
    const error = fileError(fault(errno), FILE)
    expect(error).toMatchObject({ reason, errno, path: FILE })
    expect([isAbsence(error), isAbsence(fault(errno))]).toEqual([absent, absent])
    expect(`${error.message}${error.stack}${JSON.stringify(error)}`).not.toContain('canary')
  })

  test('of an unknown kind has no name to tell', () => {
    const unknown = Object.assign(new Error('canary'), { errno: -123_456 })
    expect(fileError(unknown, FILE)).toMatchObject({ reason: 'unavailable', errno: '' })
  })

  test('is not told of a mistake in the program, which is thrown on as it is', () => {
    const mistake = new RangeError('canary')
    expect(() => fileError(mistake, FILE)).toThrow(mistake)
  })

  test('is told once: an error of a file passes as it is', () => {
    const own = new FileError('changed', 'own', { path: '/elsewhere' })
    expect(fileError(own, FILE)).toBe(own)
  })
})
