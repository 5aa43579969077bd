import { describe, expect, test } from '@jest/globals'
import { isVaultText, parseEnvelope } from '../../src/vault/envelope.js'
import { VECTORS, sealedOf } from './vectors.js'

const SEALED = sealedOf(VECTORS.variations[0]!)
const [, ...BODY] = SEALED.split(/\r\n/)

const hex = (text: string) => Buffer.from(text, 'latin1').toString('hex')
const textOf = (payload: string) => `$ANSIBLE_VAULT;1.1;AES256\n${hex(payload)}\n`

describe('parseEnvelope', () => {
  test.each(
    [...VECTORS.vectors, ...VECTORS.variations].map((entry) => [entry.name, entry] as const),
  )('reads the label of %s', (_, entry) => {
    expect(parseEnvelope(sealedOf(entry)).label ?? null).toBe(entry.vault_id)
  })

  test.each([
    ['a fifth field is ignored', '$ANSIBLE_VAULT;1.2;AES256;prod;more', 'prod'],
    ['a label is stripped', '$ANSIBLE_VAULT;1.2;AES256; prod \t', 'prod'],
    ['a label keeps its inner spaces', '$ANSIBLE_VAULT;1.2;AES256;my label', 'my label'],
    ['no label is undefined', '$ANSIBLE_VAULT;1.2;AES256', undefined],
  ])('%s', (_, header, label) => {
    expect(parseEnvelope([header, ...BODY].join('\n')).label).toBe(label)
  })

  test.each([
    ['a body without newlines', 'aabb', 'K3SV_VAULT_FORMAT'],
    ['a fourth part', '61\n62\n63\n64', 'K3SV_VAULT_FORMAT'],
    ['an odd HMAC', '61\n6\n63', 'K3SV_VAULT_FORMAT'],
    ['a HMAC of other letters', '61\nzz\n63', 'K3SV_VAULT_FORMAT'],
    ['a letter that only looks like a digit', '61\n\xb2\xb2\n63', 'K3SV_VAULT_FORMAT'],
  ])('refuses %s', (_, payload, code) => {
    expect(() => parseEnvelope(textOf(payload))).toThrow(expect.objectContaining({ code }))
  })

  test.each([
    ['an umlaut in the label', `$ANSIBLE_VAULT;1.2;AES256;ä\n${BODY.join('\n')}`],
    ['a full-width digit in the body', `${SEALED}\uff11`],
    ['a no-break space before the header', `\u00a0${SEALED}`],
  ])('takes %s for no vault text', (_, text) => {
    expect(isVaultText(text)).toBe(false)
    expect(() => parseEnvelope(text)).toThrow(
      expect.objectContaining({ code: 'K3SV_VAULT_NOT_VAULT' }),
    )
  })

  test('says where the text stands and shows nothing of it', () => {
    const place = { file: 'k3s_tokens/prod.yml', line: 7 }
    expect(() => parseEnvelope('canary', place)).toThrow(expect.objectContaining({ place }))
    expect(() => parseEnvelope('canary', place)).not.toThrow(/canary/)
  })
})
