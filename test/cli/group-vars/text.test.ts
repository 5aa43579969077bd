import fc from '../../support/properties.js'
import { expect, test } from '@jest/globals'
import { groupVarsHeader, renderGroupVars } from '../../../src/cli/group-vars/text.js'
import { readYaml } from '../../../src/yaml/read.js'

test('a vars file has its header first, block mappings, and text that no reader takes for another type', () => {
  const variables = {
    token: { __ansible_unsafe: 'a"b\\{{ c }}\u2028' },
    host_rke2_config: { token: { __ansible_unsafe: '1e10' }, cni: ['cilium', { 'a:': 1 }] },
    server_config_yaml: 'tls-san: x\nagent-token: {{ t | to_json }}\n',
    sealed: { __ansible_vault: '$ANSIBLE_VAULT;1.1;AES256\n61\n' },
    yes: true,
    empty: {},
    nothing: null,
  }
  expect(renderGroupVars('home', variables)).toBe(`${groupVarsHeader('home')}
---
token: !unsafe "a\\"b\\\\{{ c }}\\u2028"
host_rke2_config:
  token: !unsafe "1e10"
  cni: ["cilium", {"a:": 1}]
server_config_yaml: "tls-san: x\\nagent-token: {{ t | to_json }}\\n"
sealed: !vault "$ANSIBLE_VAULT;1.1;AES256\\n61\\n"
"yes": true
empty: {}
nothing: null
`)
})

const scalar = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.boolean(),
  fc.integer(),
  fc.constant(null),
)
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.string().map((text) => ({ __ansible_unsafe: text })),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(
      fc.string({ minLength: 1 }).filter((key) => !['__proto__', '<<'].includes(key)),
      tie('tree'),
      { maxKeys: 3 },
    ),
  ),
}))

test('whatever the variables hold, it is what a reader reads', () => {
  fc.assert(
    fc.property(tree, (value) => {
      const text = renderGroupVars('home', { value })
      const plain = (one: unknown): unknown => JSON.parse(JSON.stringify(one))
      expect(plain(readYaml(text).value)).toEqual(plain({ value }))
    }),
  )
})
