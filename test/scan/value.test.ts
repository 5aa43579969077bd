import { describe, expect, test } from '@jest/globals'
import { isProse, kindOfValue, looksRandom } from '../../src/scan/value.js'
import type { ValueKind } from '../../src/scan/value.js'
import { AGENT, BOOTSTRAP, SECURE, STRONG } from './trees.js'

describe('the kind of a value', () => {
  test.each<[string, ValueKind]>([
    ['', 'empty'],
    ['  ', 'empty'],
    ['$ANSIBLE_VAULT;1.1;AES256', 'sealed'],
    [STRONG, 'secret'],
    [AGENT, 'secret'],
    [SECURE, 'secret'],
    [BOOTSTRAP, 'secret'],
    ['changeme!', 'secret'],
    ['mytoken', 'secret'],
    ['correct-horse-battery', 'secret'],
    ['abc', 'secret'],
    ['p@ss:w0rd/x', 'secret'],
    ['$K3S_TOKEN', 'reference'],
    ['${K3S_TOKEN}', 'reference'],
    ['pre-${X}', 'reference'],
    ['$(cat x)', 'reference'],
    ['`cat x`', 'reference'],
    ['{{ vault_token }}', 'reference'],
    ['{% raw %}x', 'reference'],
    ['${{ secrets.X }}', 'reference'],
    ['%s', 'reference'],
    ['%K3S_TOKEN%', 'reference'],
    ['{token}', 'reference'],
    ['/var/lib/rancher/k3s/server/token', 'reference'],
    ['./secrets/token', 'reference'],
    ['var.k3s_token', 'reference'],
    ['random_password.k3s.result', 'reference'],
    ['os.environ["X"]', 'reference'],
    ['get_token()', 'reference'],
    ['op://vault/k3s/token', 'reference'],
    ['ref+vault://k3s', 'reference'],
    ['https://example.com/x', 'reference'],
    ['ENC[AES256_GCM,data:x]', 'ciphertext'],
    ['-----BEGIN AGE ENCRYPTED FILE-----', 'ciphertext'],
    ['{cipher}0a1b', 'ciphertext'],
    ['vault:v1:abc', 'ciphertext'],
    ['ghp_abcdef', 'foreign'],
    ['awsssm:///k3s/token', 'reference'],
    ['ENV:K3S_TOKEN', 'reference'],
    ['@@K3S_TOKEN@@', 'reference'],
    ["%{hiera('k3s_token')}", 'reference'],
    ['~/.k3s-token', 'reference'],
    ['{', 'placeholder'],
    ['Token', 'placeholder'],
    ['K3s token', 'placeholder'],
    ['NODE_TOKEN', 'placeholder'],
    ['!vault', 'reference'],
    ['<token>', 'placeholder'],
    ['<your token>', 'placeholder'],
    ['[token]', 'placeholder'],
    ['K10<CA-HASH>::<USERNAME>:<PASSWORD>', 'placeholder'],
    ['xxxxxxxx', 'placeholder'],
    ['********', 'placeholder'],
    ['...', 'placeholder'],
    ['K10abc...', 'placeholder'],
    ['YOUR_TOKEN_HERE', 'placeholder'],
    ['insert-token', 'placeholder'],
    ['null', 'placeholder'],
    ['true', 'placeholder'],
    ['abcdef.0123456789abcdef', 'placeholder'],
  ])('of %j is %s', (text, kind) => {
    expect(kindOfValue(text)).toBe(kind)
  })
})

test.each([STRONG, AGENT, BOOTSTRAP])('%s looks random', (text) => {
  expect(looksRandom(text)).toBe(true)
})

test.each(['my-super-secret-cluster-token', 'K3sClusterToken2024', 'changeme!', 'abc123', ''])(
  '%j looks made up',
  (text) => {
    expect(looksRandom(text)).toBe(false)
  },
)

test('prose has several words', () => {
  expect(isProse('the token to join with')).toBe(true)
  expect(isProse('the-token')).toBe(false)
  expect(isProse(`${STRONG} x`)).toBe(false)
})
