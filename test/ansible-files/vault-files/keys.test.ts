import { expect, test } from '@jest/globals'
import { compileKeys } from '../../../src/ansible-files/vault-files/keys.js'

test.each([
  ['token', ['token'], true],
  ['token', ['a', 'token'], true],
  ['token', ['a', 'my_token'], false],
  ['*_token', ['my_token'], true],
  ['db.secret', ['all', 'db', 'secret'], true],
  ['db.secret', ['all', 'xdb', 'secret'], false],
  ['db.*', ['db', 'secret'], true],
  ['db.*', ['db', 'deep', 'secret'], false],
  ['db.**', ['db', 'deep', 'secret'], true],
  ['tokens', ['tokens', 0], true],
  ['users.token', ['users', 1, 'token'], true],
  ['users.1.token', ['users', 1, 'token'], true],
  ['users.2.token', ['users', 1, 'token'], false],
  ['a+b', ['a+b'], true],
  ['a+b', ['aab'], false],
])('%s for %j: %s', (pattern, path, expected) => {
  const key = path.findLast((step) => typeof step === 'string') ?? ''
  expect(compileKeys([pattern])({ key, path })).toBe(expected)
})
