import { expect, test } from '@jest/globals'
import { IniSyntaxError, readIniValues } from '../../../src/ansible-files/vars-file/ini-values.js'

test('tells hosts and groups with their values and places', () => {
  const text = `# a comment
one ansible_host=10.0.0.1 token="a b" # another

[servers:vars]
token = abc # def
; a comment
port=0x10
[all:children]
servers
`
  const values = readIniValues(text)
  expect(
    values.map(({ path, text: value, owner, line, column }) => [path, value, owner, line, column]),
  ).toEqual([
    [['one', 'ansible_host'], '10.0.0.1', 'host', 2, 18],
    [['one', 'token'], 'a b', 'host', 2, 33],
    [['servers', 'token'], 'abc # def', 'group', 5, 9],
    [['servers', 'port'], '0x10', 'group', 7, 6],
  ])
  expect(values.map(({ span }) => text.slice(span.start, span.end))).toEqual([
    '10.0.0.1',
    '"a b"',
    'abc # def',
    '0x10',
  ])
})

test.each([
  ['h token=abc', 'abc', 'string', true],
  ['h token=abc#def', 'abc', 'string', true],
  ['h token="abc"', 'abc', 'string', true],
  [`h token="'abc'"`, 'abc', 'string', true],
  ['h token=1e3', '1e3', 'number', true],
  ['h token=007', '007', 'string', true],
  ['h token=True', 'True', 'boolean', true],
  ['h token=', '', 'string', true],
  ['h token=a=b', 'a=b', 'string', true],
  ['h token=a\\b', 'ab', 'string', false],
  ['h token=a"b c"', 'ab c', 'string', false],
  ['h "token=abc"', 'abc', 'string', false],
  ['[a:vars]\ntoken="abc"', 'abc', 'string', true],
  ['[a:vars]\ntoken="a\\n"', '"a\\n"', 'string', false],
  ['[a:vars]\ntoken=[1]', '[1]', 'string', false],
])('%j', (text, value, type, isClear) => {
  expect(readIniValues(text)).toMatchObject([{ text: value, type, isClear }])
})

test.each([
  ['h "abc', 1],
  ['h abc', 1],
  ['[a:vars]\nabc', 2],
  ['[a b]', 1],
  ['[a:other]\nx=1', 2],
])('refuses %j', (text, line) => {
  expect(() => readIniValues(text)).toThrow(IniSyntaxError)
  expect(() => readIniValues(text)).toThrow(expect.objectContaining({ line }))
})
