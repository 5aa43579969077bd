import { describe, expect, test } from '@jest/globals'
import { formatEnvelope, isVaultText, parseEnvelope } from '../../src/vault/envelope.js'
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

  test.each([
    ['no vault text', 'canary', 'NOT_VAULT'],
    ['no cipher', '$ANSIBLE_VAULT;canary\n61', 'FORMAT'],
    ['lines that > joined', '$ANSIBLE_VAULT;1.1;AES256 3132 6162', 'FORMAT'],
    ['lines that > joined, with a label', '$ANSIBLE_VAULT;1.2;AES256;prod 3132 6162\n', 'FORMAT'],
    ['another cipher', '$ANSIBLE_VAULT;1.1;canary\n61', 'CIPHER'],
    ['a body of other letters', '$ANSIBLE_VAULT;1.1;AES256\ncanary', 'FORMAT'],
    ['a body without newlines', textOf('canary'), 'FORMAT'],
    ['a salt of other letters', textOf('canary\n62\n63'), 'FORMAT'],
    ['a HMAC of other letters', textOf('61\ncanary\n63'), 'FORMAT'],
    ['a ciphertext of other letters', textOf('61\n62\ncanary'), 'FORMAT'],
  ])('says where the text with %s stands and shows nothing of it', (_, text, code) => {
    const place = { file: 'k3s_tokens/prod.yml', line: 7 }
    const parse = () => parseEnvelope(text, place)
    expect(parse).toThrow(expect.objectContaining({ code: `K3SV_VAULT_${code}`, location: place }))
    expect(parse).not.toThrow(/canary/)
  })

  test.each([
    ['an indented text', ` ${SEALED}`, expect.stringContaining('no indentation')],
    ['a text behind its tag', `!vault |\n${SEALED}`, expect.stringContaining('no !vault tag')],
    ['any other text', 'token: abc', expect.stringContaining('vault encrypt')],
  ])('hints at the beginning for %s', (_, text, hint) => {
    const place = { file: 'all.yml' }
    expect(() => parseEnvelope(text, place)).toThrow(
      expect.objectContaining({ hint, location: place }),
    )
  })
})

describe('formatEnvelope', () => {
  test.each([
    ['an id', 'prod', '$ANSIBLE_VAULT;1.2;AES256;prod'],
    ['the id default', 'default', '$ANSIBLE_VAULT;1.1;AES256'],
    ['an empty id', '', '$ANSIBLE_VAULT;1.1;AES256'],
  ])('writes for %s the header that Ansible would', (_, label, header) => {
    expect(formatEnvelope('a', label)).toBe(`${header}\n61\n`)
  })

  test.each([
    ['a full line and no empty one after it', 40, ['61'.repeat(40)]],
    ['the rest on a line of its own', 41, ['61'.repeat(40), '61']],
  ])('writes %s', (_, length, lines) => {
    expect(formatEnvelope('a'.repeat(length), '')).toBe(
      ['$ANSIBLE_VAULT;1.1;AES256', ...lines, ''].join('\n'),
    )
  })
})
