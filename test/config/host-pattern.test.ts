import { describe, expect, test } from '@jest/globals'
import { readHostPattern } from '../../src/config/host-pattern.js'

describe('a host pattern', () => {
  test.each([
    ['n1', ['n1'], undefined],
    ['n1:2222', ['n1'], 2222],
    ['n[1:2]:22', ['n1', 'n2'], 22],
    ['10.0.0.[1:2]', ['10.0.0.1', '10.0.0.2'], undefined],
    ['2001:db8::7', ['2001:db8::7'], undefined],
    ['[2001:db8::7]:22', ['2001:db8::7'], 22],
    ['2001:db8::[7:8]', ['2001:db8::7', '2001:db8::8'], undefined],
  ])('%s is %j, port %p', (pattern, names, port) => {
    expect(readHostPattern(pattern)).toEqual({ names, ...(port !== undefined && { port }) })
  })

  test.each([
    ['', 'is empty'],
    ['n'.repeat(1001), 'more than 1000'],
    ['n1 n2', 'a blank'],
    ['n1\tx', 'a blank'],
    ['n1,n2', 'a comma'],
    ['n\u0007', 'control character'],
    ['a:b', 'a colon'],
    ['x:', 'a colon'],
    ['1:2:3', 'a colon'],
    ['n/1:22', 'a colon'],
    ['n1:0', 'a port that is none'],
    ['n1:65536', 'a port that is none'],
    ['n[9:1]', 'ends before it begins'],
    ['n[c:a]', 'ends before it begins'],
    ['[::1]', 'brackets around an address'],
    ['n[1]', 'no range'],
    ['n[01:9]', 'two widths'],
    ['n[1:200000]', 'more than 100000 hosts'],
  ])('%j is refused, since it has %s', (pattern, why) => {
    const read = readHostPattern(pattern)
    expect('fault' in read && read.fault).toContain(why)
  })
})
