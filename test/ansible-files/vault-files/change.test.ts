import { describe, expect, test } from '@jest/globals'
import { formatPath } from '../../../src/ansible-files/vault-files/change.js'

describe('formatPath', () => {
  test.each([
    [['clusters', 'prod', 'tokens', 0], 'clusters.prod.tokens[0]'],
    [['ключ'], 'ключ'],
    [['a', `K10${'ab'.repeat(32)}::server`], 'a.…'],
    [['vQ3xT7mZp9Lk2Ws8Rb5Ny4Hd6Jc1Gf0aUeXiOoEtBqA', 'b'], '….b'],
    [['a b '.repeat(50)], '…'],
  ])('%j is shown as %s', (path, shown) => {
    expect(formatPath(path)).toBe(shown)
  })
})
