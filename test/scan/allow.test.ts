import { expect, test } from '@jest/globals'
import { inspectText } from '../../src/scan/inspect-text.js'
import { STRONG } from './trees.js'

function left(path: string, text: string): string[] {
  const { hits, isAllowed } = inspectText(path, text)
  return hits.filter((hit) => !isAllowed(hit)).map(({ rule, line }) => `${rule}:${line}`)
}

const T = `token: ${STRONG}`

test.each<[string, string, string[]]>([
  ['on the line', `${T} # k3s-vars: allow plain-token made for a test\n`, []],
  ['on the line above', `# k3s-vars: allow plain-token\n${T}\n`, []],
  ['indented above', `a: 1\n  # k3s-vars: allow plain-token\n${T}\n`, []],
  ['of several rules', 'token: abc # k3s-vars: allow plain-token, weak-token\n', []],
  ['of one rule of two', 'token: abc # k3s-vars: allow weak-token\n', ['plain-token:1']],
  ['of another rule', `${T} # k3s-vars: allow weak-token\n`, ['plain-token:1']],
  ['of no rule', `${T} # k3s-vars: allow\n`, ['plain-token:1']],
  ['two lines above', `# k3s-vars: allow plain-token\na: 1\n${T}\n`, ['plain-token:3']],
  [
    'on the line before, beside a value',
    `a: 1 # k3s-vars: allow plain-token\n${T}\n`,
    ['plain-token:2'],
  ],
  ['below', `${T}\n# k3s-vars: allow plain-token\n`, ['plain-token:1']],
])('a comment %s allows %j', (_where, text, expected) => {
  expect(left('a.yml', text)).toEqual(expected)
})

test('a comment of a script counts as well', () => {
  expect(left('a.sh', `# k3s-vars: allow plain-token\nK3S_TOKEN=${STRONG}\n`)).toEqual([])
})
