import crypto from 'node:crypto'
import { afterEach, describe, expect, jest, test } from '@jest/globals'
import { Vault } from 'ansible-vault'
import fc from '../support/properties.js'
import { Secret } from '../../src/secret.js'
import {
  decodeText,
  offerKey,
  openBytes,
  openBytesSync,
  sealBytesChecked,
  sealText,
} from '../../src/vault/engine.js'
import { parseEnvelope } from '../../src/vault/envelope.js'
import type * as envelope from '../../src/vault/envelope.js'
import { VECTORS, passwordOf, plaintextOf, sealedOf } from './vectors.js'

/** The package's class, whose step it is that derives a key. */
const Package = Vault as unknown as {
  prototype: { _derivedKey: (salt: Buffer) => Promise<object> }
}
const PASSWORD = new Secret(Buffer.from('hunter2'))
const CODES: Record<string, string> = {
  'not-vault': 'K3SV_VAULT_NOT_VAULT',
  format: 'K3SV_VAULT_FORMAT',
  cipher: 'K3SV_VAULT_CIPHER',
  padding: 'K3SV_VAULT_PADDING',
}

afterEach(() => {
  jest.restoreAllMocks()
})

const named = <T extends { name: string }>(entries: readonly T[]) =>
  entries.map((entry) => [entry.name, entry] as const)

describe('the vectors', () => {
  test.each(named([...VECTORS.vectors, ...VECTORS.variations]))('%s opens', (_, entry) => {
    const opened = openBytesSync(parseEnvelope(sealedOf(entry)), passwordOf(entry))
    expect(opened?.equals(plaintextOf(entry))).toBe(true)
  })

  test.each(named(VECTORS.corrupted.filter((entry) => entry.class !== 'secret-or-hmac')))(
    '%s is refused for its reason',
    (_, entry) => {
      const code = CODES[entry.class!]
      expect(code).toBeDefined()
      expect(() => openBytesSync(parseEnvelope(sealedOf(entry)), passwordOf(entry))).toThrow(
        expect.objectContaining({ code }),
      )
    },
  )

  test.each(named(VECTORS.corrupted.filter((entry) => entry.class === 'secret-or-hmac')))(
    '%s does not open, and nothing is thrown, so that another password is tried',
    (_, entry) => {
      expect(openBytesSync(parseEnvelope(sealedOf(entry)), passwordOf(entry))).toBeUndefined()
    },
  )

  test.each(named(VECTORS.vectors.filter((entry) => entry.salt_hex && entry.plaintext_base64)))(
    '%s is what sealing with its salt gives',
    async (_, entry) => {
      const salt = Buffer.from(entry.salt_hex!, 'hex')
      jest.spyOn(crypto, 'randomBytes').mockImplementation(() => salt)
      const text = decodeText(plaintextOf(entry))
      const sealed = await sealText(text, passwordOf(entry), entry.vault_id ?? 'default')
      expect(sealed).toBe(sealedOf(entry))
    },
  )
})

describe('sealing and opening', () => {
  test('gives back any text, with any password and label', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', maxLength: 100 }),
        fc.uint8Array({ minLength: 1, maxLength: 80 }).map((bytes) => Buffer.from(bytes)),
        fc.constantFrom('default', 'prod', ''),
        async (text, bytes, label) => {
          const password = new Secret(bytes)
          const sealed = await sealText(new Secret(text), password, label)
          const envelope = parseEnvelope(sealed)
          expect(envelope.label).toBe(label === 'prod' ? 'prod' : undefined)
          expect(sealed).toMatch(/^[^\n]+\n([0-9a-f]{80}\n)*[0-9a-f]{1,80}\n$/)
          expect(decodeText((await openBytes(envelope, password))!).reveal()).toBe(text)
        },
      ),
      { numRuns: 40 },
    )
  })

  test('never uses a salt twice', async () => {
    const texts = await Promise.all([1, 2].map(() => sealText(new Secret('x'), PASSWORD, '')))
    expect(texts[0]).not.toBe(texts[1])
  })

  test('refuses half a surrogate pair, which would come back as another character', async () => {
    await expect(sealText(new Secret('a\ud800'), PASSWORD, '')).rejects.toMatchObject({
      code: 'K3SV_VAULT_NOT_TEXT',
    })
  })

  test('derives one key for opening, whatever the result', () => {
    const derive = jest.spyOn(crypto, 'pbkdf2Sync')
    const padding = VECTORS.corrupted.find((entry) => entry.class === 'padding')!
    const envelopes = [padding, VECTORS.vectors[0]!].map((entry) => parseEnvelope(sealedOf(entry)))
    expect(() => openBytesSync(envelopes[0]!, PASSWORD)).toThrow()
    expect(openBytesSync(envelopes[1]!, PASSWORD)).toBeDefined()
    expect(derive).toHaveBeenCalledTimes(2)
  })

  test('compares the MAC in constant time, before it decrypts', () => {
    const compare = jest.spyOn(crypto, 'timingSafeEqual')
    const decipher = jest.spyOn(crypto, 'createDecipheriv')
    // The engine keeps the functions it was defined with, so this one is defined anew.
    jest.isolateModules(() => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- isolateModules is synchronous
      const fresh = require('../../src/vault/engine') as { openBytesSync: typeof openBytesSync }
      const wrong = VECTORS.corrupted.find((entry) => entry.name === 'bad-hmac-bit')!
      expect(fresh.openBytesSync(parseEnvelope(sealedOf(wrong)), PASSWORD)).toBeUndefined()
    })
    expect(compare).toHaveBeenCalledTimes(1)
    expect(decipher).not.toHaveBeenCalled()
  })
})

describe('what is sealed and opened again', () => {
  const CONTENT = new Secret(Buffer.from('a token\n\xff', 'latin1'))
  /** The engine, defined anew with what a test has put into node:crypto. */
  function fresh(): { sealBytesChecked: typeof sealBytesChecked } {
    let made: { sealBytesChecked: typeof sealBytesChecked } | undefined
    jest.isolateModules(() => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- isolateModules is synchronous
      made = require('../../src/vault/engine') as typeof made
    })
    return made!
  }
  const flipped = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ 1))

  test('opens for everybody, to the same bytes', async () => {
    const text = await sealBytesChecked(CONTENT, PASSWORD, 'prod')
    expect(text).toMatch(/^\$ANSIBLE_VAULT;1\.2;AES256;prod\n/)
    expect(openBytesSync(parseEnvelope(text!), PASSWORD)).toEqual(CONTENT.reveal())
  })

  test('costs one key, and both the MAC and the ciphertext are looked at', async () => {
    const derive = jest.spyOn(Package.prototype, '_derivedKey')
    const compare = jest.spyOn(crypto, 'timingSafeEqual')
    const decipher = jest.spyOn(crypto, 'createDecipheriv')
    expect(await fresh().sealBytesChecked(CONTENT, PASSWORD, '')).toBeDefined()
    expect(derive).toHaveBeenCalledTimes(1)
    expect(compare).toHaveBeenCalledTimes(1)
    expect(decipher).toHaveBeenCalledTimes(1)
  })

  test('is not answered where the machine enciphered other bytes', async () => {
    const { createCipheriv } = crypto
    jest.spyOn(crypto, 'createCipheriv').mockImplementation((...parameters) => {
      const cipher = createCipheriv(...parameters)
      const update = cipher.update.bind(cipher) as (bytes: Buffer) => Buffer
      return Object.assign(cipher, { update: (bytes: Buffer) => update(flipped(bytes)) })
    })
    expect(await fresh().sealBytesChecked(CONTENT, PASSWORD, '')).toBeUndefined()
  })

  test('is not answered where the MAC is of other bytes', async () => {
    const { createHmac } = crypto
    let calls = 0
    jest.spyOn(crypto, 'createHmac').mockImplementation((...parameters) => {
      const hmac = createHmac(...parameters)
      const digest = hmac.digest.bind(hmac) as () => Buffer
      return Object.assign(hmac, { digest: () => (calls++ === 0 ? flipped(digest()) : digest()) })
    })
    expect(await fresh().sealBytesChecked(CONTENT, PASSWORD, '')).toBeUndefined()
    expect(calls).toBe(2)
  })

  test('derives anew where the text has another salt than was used', async () => {
    const derive = jest.spyOn(Package.prototype, '_derivedKey')
    jest.isolateModules(() => {
      jest.doMock('../../src/vault/envelope', () => {
        const real = jest.requireActual<typeof envelope>('../../src/vault/envelope')
        const parse = (text: string) => {
          const parsed = real.parseEnvelope(text)
          return { ...parsed, salt: flipped(parsed.salt) }
        }
        return { ...real, parseEnvelope: parse }
      })
    })
    expect(await fresh().sealBytesChecked(CONTENT, PASSWORD, '')).toBeUndefined()
    expect(derive).toHaveBeenCalledTimes(2)
    jest.dontMock('../../src/vault/envelope')
  })
})

describe('padding with a valid MAC', () => {
  /** An envelope around bytes that are padded, or not, as given. */
  function wrap(padded: Buffer) {
    const salt = Buffer.from('salt')
    const derived = crypto.pbkdf2Sync(PASSWORD.reveal(), salt, 10_000, 80, 'sha256')
    const cipher = crypto.createCipheriv(
      'aes-256-ctr',
      derived.subarray(0, 32),
      derived.subarray(64),
    )
    const ciphertext = Buffer.concat([cipher.update(padded), cipher.final()])
    const hmac = crypto.createHmac('sha256', derived.subarray(32, 64)).update(ciphertext).digest()
    return { label: undefined, salt, hmac, ciphertext }
  }

  test.each([
    ['sixteen bytes of sixteen', Buffer.alloc(16, 16), ''],
    ['one byte of one', Buffer.from('fifteen letters\x01'), 'fifteen letters'],
  ])('opens: %s', (_, padded, expected) => {
    expect(openBytesSync(wrap(padded), PASSWORD)?.toString()).toBe(expected)
  })

  test.each([
    ['more than a block of padding, consistent in itself', Buffer.alloc(32, 17)],
    ['a length that is no multiple of a block', Buffer.from('short\x01')],
    ['padding of zero', Buffer.alloc(16)],
    ['no bytes at all', Buffer.alloc(0)],
    ['bytes that differ', Buffer.from('thirteen char\x02\x03\x03')],
  ])('is refused: %s', (_, padded) => {
    const place = { file: 'k3s_tokens/prod.yml' }
    expect(() => openBytesSync(wrap(padded), PASSWORD, place)).toThrow(
      expect.objectContaining({ code: 'K3SV_VAULT_PADDING', location: place }),
    )
  })
})

describe('decodeText', () => {
  test.each([
    ['a byte that begins nothing', [0xff]],
    ['a sequence cut short', [0x61, 0xf0, 0x9f, 0x98]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['half a surrogate pair', [0xed, 0xa0, 0x80]],
  ])('refuses %s', (_, bytes) => {
    const place = { file: 'k3s_tokens/prod.yml' }
    expect(() => decodeText(Buffer.from(bytes), place)).toThrow(
      expect.objectContaining({ code: 'K3SV_VAULT_NOT_TEXT', location: place }),
    )
  })

  test('keeps a BOM and a replacement character', () => {
    expect(decodeText(Buffer.from('\ufeffa\ufffd')).reveal()).toBe('\ufeffa\ufffd')
  })
})

describe('a key that was derived beforehand', () => {
  const other = new Secret(Buffer.from('another'))
  /** A key that opens nothing, so that its use is seen. */
  const wrong = Promise.resolve(new Secret(Buffer.alloc(80)))

  afterEach(() => {
    const nothing = Buffer.alloc(0)
    offerKey({ password: new Secret(nothing), salt: nothing, key: Promise.resolve(undefined) })
  })

  const sealed = async () => parseEnvelope(await sealText(new Secret('text'), PASSWORD, 'default'))

  test('is used for its password and salt', async () => {
    const envelope = await sealed()
    const { salt } = envelope
    const derived = crypto.pbkdf2Sync('hunter2', salt, 10_000, 80, 'sha256')
    const key = Promise.resolve(new Secret(derived))
    offerKey({ password: PASSWORD, salt, key })
    expect((await openBytes(envelope, PASSWORD))?.toString()).toBe('text')
    offerKey({ password: PASSWORD, salt, key: wrong })
    expect(await openBytes(envelope, PASSWORD)).toBeUndefined()
  })

  test('is not used for another salt or another password', async () => {
    const envelope = await sealed()
    offerKey({ password: PASSWORD, salt: Buffer.alloc(32), key: wrong })
    expect((await openBytes(envelope, PASSWORD))?.toString()).toBe('text')
    offerKey({ password: other, salt: envelope.salt, key: wrong })
    expect((await openBytes(envelope, PASSWORD))?.toString()).toBe('text')
  })

  test('is done without where deriving it failed', async () => {
    const envelope = await sealed()
    const key = Promise.resolve(undefined)
    offerKey({ password: PASSWORD, salt: envelope.salt, key })
    expect((await openBytes(envelope, PASSWORD))?.toString()).toBe('text')
  })
})
