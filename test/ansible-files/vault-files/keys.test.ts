import { expect, test } from '@jest/globals'
import { kindOfFile, kindOfText } from '../../../src/ansible-files/vault-files/file-kind.js'
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

test.each([
  ['group_vars/all.yml', 'yaml'],
  ['group_vars/all/extra', 'yaml'],
  ['hosts', 'either'],
  ['inventory.ini', 'ini'],
  ['vars.json', 'json'],
  ['README.md', 'other'],
  ['LICENSE', 'other'],
])('%s is %s', (path, kind) => {
  expect(kindOfFile(path)).toBe(kind)
})

test.each([
  ['# c\n[servers]\nh1\n', 'ini'],
  ['h1 token=a\n', 'ini'],
  ['10.0.0.1:22 token=a\n', 'ini'],
  ['all:\n  hosts:\n', 'yaml'],
  ['---\nall:\n', 'yaml'],
  ['"all": {}\n', 'yaml'],
])('%j is %s', (text, kind) => {
  expect(kindOfText(text)).toBe(kind)
})
