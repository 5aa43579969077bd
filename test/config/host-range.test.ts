import { describe, expect, test } from '@jest/globals'
import { expandHosts, MOST_HOSTS } from '../../src/config/host-range.js'

describe('expandHosts', () => {
  test.each([
    ['no range', 'web', ['web']],
    ['numbers with leading zeros', 'w[08:10].x', ['w08.x', 'w09.x', 'w10.x']],
    ['a step', 'w[1:6:2]', ['w1', 'w3', 'w5']],
    ['letters, small ones before capitals', 'w[y:B]', ['wy', 'wz', 'wA', 'wB']],
    ['letters with a step', 'w[a:e:2]', ['wa', 'wc', 'we']],
    ['a beginning left out', 'w[:1]', ['w0', 'w1']],
    ['two ranges', '[a:b][1:2]', ['a1', 'a2', 'b1', 'b2']],
  ])('expands %s', (_, pattern, names) => {
    expect(expandHosts(pattern)).toEqual(names)
  })

  test.each([
    ['a range that runs backwards', 'w[3:1]'],
    ['ends of different width', 'w[01:5]'],
    ['no end', 'w[1:]'],
    ['a step of nothing', 'w[1:3:0]'],
    ['an open bracket', 'w[1:3'],
    ['a closing bracket first', 'w]x[1:3]'],
    ['a bar, which Ansible splits at', 'w|x[1:3]'],
    ['numbers that JavaScript cannot tell apart', 'w[9007199254740992:9007199254740995]'],
    ['one host too many', `w[1:${MOST_HOSTS + 1}]`],
    ['one host too many by two ranges', 'w[1:1001][1:100]'],
    ['a pattern longer than any name', 'w'.repeat(1001)],
    ['thousands of ranges', '[1:1]'.repeat(20_000)],
  ])('refuses %s', (_, pattern) => {
    expect(expandHosts(pattern)).toBeNull()
  })

  test('expands to as many hosts as are allowed', () => {
    expect(expandHosts(`w[1:${MOST_HOSTS}]`)).toHaveLength(MOST_HOSTS)
  })
})
