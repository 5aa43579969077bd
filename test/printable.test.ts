import { describe, expect, test } from '@jest/globals'
import { printable, printableJson, printableLine } from '../src/printable.js'

describe('text on a line', () => {
  test.each([
    ['site.yml', 'site.yml', 'a name as names are'],
    ['größe/集群.yml', 'größe/集群.yml', 'letters of every script'],
    ['a\n::error ::forged', 'a\\x0a::error ::forged', 'a line end'],
    ['a\r\u001b[2Kb', 'a\\x0d\\x1b[2Kb', 'an overwritten line'],
    ['\u009b31m', '\\x9b31m', 'the one-byte escape'],
    ['a\u202egnp.exe', 'a\\u202egnp.exe', 'a turned reading direction'],
    ['a\u2066b\u2069', 'a\\u2066b\\u2069', 'an isolate'],
    ['to\u200bken', 'to\\u200bken', 'an invisible character'],
    ['a\u2028b\u2029c', 'a\\u2028b\\u2029c', "Unicode's line ends"],
    ['\ud800', '\\ud800', 'half a pair'],
    ['\u{e0041}', '\\u{e0041}', 'an invisible tag'],
    ['\u007f\u0000', '\\x7f\\x00', 'deletion and zero'],
  ])('%j is shown as %j: %s', (text, shown) => expect(printable(text)).toBe(shown))

  test.each([
    ['::add-mask::x', './::add-mask::x'],
    ['  ::error file=a::b', './  ::error file=a::b'],
    ['##[error]x', './##[error]x'],
    ['##vso[task.setvariable variable=a]b', './##vso[task.setvariable variable=a]b'],
    ['a ::error::', 'a ::error::'],
    ['# comment', '# comment'],
  ])('%j is no command to a runner', (text, shown) => expect(printableLine(text)).toBe(shown))
})

test('JSON holds the very same values, and nothing that steers', () => {
  const document = { name: 'a\n\u202e\u001b\u2028\u{e0041}\ud800\u009bé集' }
  const text = printableJson(document, 2)
  expect(JSON.parse(text)).toEqual(document)
  expect(text).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|[^\P{Cc}\n]/u)
  expect(text).toContain('é集')
})
