import { describe, expect, test } from '@jest/globals'
import { compileGlob, compileGlobs } from '../../src/files/glob.js'

describe('a glob', () => {
  test.each<[string, string, boolean, string]>([
    ['*.log', 'a.log', true, 'a name'],
    ['*.log', 'deep/er/a.log', true, 'a name at any depth'],
    ['*.log', 'a.log.txt', false, 'not a part of a name'],
    ['vendor', 'vendor/a/b.yml', true, 'all that is in a folder'],
    ['vendor/', 'x/vendor/b.yml', true, 'a folder at any depth'],
    ['vendor', 'vendors/b.yml', false, 'another folder'],
    ['/vendor', 'x/vendor/b.yml', false, 'anchored by a slash in front'],
    ['/vendor', 'vendor/b.yml', true, 'anchored, and there'],
    ['a/*.yml', 'a/b.yml', true, 'one folder'],
    ['a/*.yml', 'a/b/c.yml', false, 'a star stays within a name'],
    ['a/**/c.yml', 'a/c.yml', true, 'two stars stand for no folder'],
    ['a/**/c.yml', 'a/b/b/c.yml', true, 'two stars stand for many'],
    ['**/c.yml', 'c.yml', true, 'at the top, too'],
    ['a/**', 'a/b/c', true, 'all below'],
    ['a?.yml', 'ab.yml', true, 'one character'],
    ['a?.yml', 'a/.yml', false, 'but no slash'],
    ['[ab].yml', 'b.yml', true, 'a set'],
    ['[!ab].yml', 'b.yml', false, 'an inverted set'],
    ['[z-a].yml', 'b.yml', false, 'no range'],
    ['a+(b).yml', 'a+(b).yml', true, 'other characters stand for themselves'],
    ['', 'a', false, 'nothing fits nothing'],
    ['./a.yml', 'a.yml', true, 'as a shell completes it'],
    ['*a'.repeat(30), 'a'.repeat(200), true, 'stars that could be divided in many ways'],
    [`${'*a'.repeat(30)}b`, 'a'.repeat(200), false, 'and do not fit in any'],
    [`${'**/a/'.repeat(20)}b`, 'a/'.repeat(100), false, 'nor do folders'],
  ])('%j on %j: %s (%s)', (pattern, path, fits) => {
    expect(compileGlob(pattern)(path)).toBe(fits)
  })

  test('of several is enough', () => {
    const test = compileGlobs(['*.a', '*.b'])
    expect(['x.a', 'x.b', 'x.c'].map(test)).toEqual([true, true, false])
    expect(compileGlobs([])('a')).toBe(false)
  })
})
