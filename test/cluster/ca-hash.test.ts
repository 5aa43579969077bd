import { execFileSync } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from '../support/properties.js'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { hashOfCa, lastMomentOf } from '../../src/cluster/ca-hash.js'

const NOW = new Date('2026-11-25T12:00:00Z')
const CA = 'basicConstraints=CA:TRUE'

interface Row {
  readonly name: string
  readonly pem: string
  readonly hash?: string
  readonly error?: string
}

const { vectors } = JSON.parse(
  readFileSync(join(__dirname, '../vectors/k3s-ca-hash.json'), 'utf8'),
) as { vectors: Row[] }

describe('the hash of a CA as K3s has it', () => {
  test.each(vectors)('of $name', ({ pem, hash }) => {
    expect(hashOfCa(Buffer.from(pem, 'utf8'), NOW)).toBe(hash === '' ? undefined : hash)
  })

  test('of a chain changes on the day when one of it expires', () => {
    const { pem, hash } = vectors.find(({ name }) => name.startsWith('chain: '))!
    const bundle = Buffer.from(pem)
    expect(hashOfCa(bundle, NOW)).toBe(hash)
    expect(hashOfCa(bundle, new Date('2100-01-01T00:00:00Z'))).toBe(sha256(bundle))
  })
})

describe('how long a CA is good', () => {
  const ends = (pem: string): number[] =>
    (pem.match(/-----BEGIN [^-]+-----[^-]+-----END [^-]+-----/g) ?? []).map((block) =>
      Date.parse(new X509Certificate(block).validTo),
    )

  test.each(vectors.filter(({ hash }) => hash !== '' && hash !== undefined))(
    '$name: until then the hash is the same',
    ({ pem, hash }) => {
      const bundle = Buffer.from(pem)
      const last = lastMomentOf(bundle, NOW)!
      expect(ends(pem)).toContain(last.getTime())
      if (last < NOW) return
      expect(hashOfCa(bundle, last)).toBe(hash)
      // Nothing in between changes it.
      for (const end of ends(pem).filter((one) => one >= NOW.getTime() && one < last.getTime()))
        expect(hashOfCa(bundle, new Date(end + 1000))).toBe(hash)
    },
  )

  test('that of a chain ends with the first of it that expires', () => {
    const { pem } = vectors.find(({ name }) => name.startsWith('chain: '))!
    const last = lastMomentOf(Buffer.from(pem), NOW)!
    expect(last.getTime()).toBe(Math.min(...ends(pem)))
  })

  test('no certificate has no end', () => {
    expect(lastMomentOf(Buffer.from('welcome'), NOW)).toBeUndefined()
  })
})

test('a bundle that somebody has tampered with ends in a hash or in none', () => {
  const ders = vectors.flatMap(({ pem }) =>
    [...pem.matchAll(/BEGIN CERTIFICATE-----([^-]+)/g)].map(([, text]) =>
      Buffer.from(text!, 'base64'),
    ),
  )
  const change = fc.record({
    der: fc.constantFrom(...ders),
    at: fc.nat(2000),
    byte: fc.nat(255),
    length: fc.option(fc.nat(1200)),
  })
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const bundle = changes.map(({ der, at, byte, length }) => {
        const bytes = Buffer.from(der)
        bytes[at % bytes.length] = byte
        const text = bytes.subarray(0, length ?? bytes.length).toString('base64')
        return `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`
      })
      const hash = hashOfCa(Buffer.from(bundle.join('')), NOW)
      expect(hash ?? '0'.repeat(64)).toMatch(/^[0-9a-f]{64}$/)
    }),
    { numRuns: 2000 },
  )
})

// What crypto/x509 of Go refuses in a chain, by certificates of OpenSSL's making.
describe('the root counts only where Go verifies up to it', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'k3s_vars-ca-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test.each<[string, Partial<Record<'root' | 'middle' | 'server', string>>, boolean]>([
    ['nothing limits it', {}, true],
    ['two may stand below the root', { root: 'basicConstraints=CA:TRUE,pathlen:1' }, true],
    ['one too many stands below the root', { root: 'basicConstraints=CA:TRUE,pathlen:0' }, false],
    ['the one between is no CA', { middle: 'basicConstraints=CA:FALSE' }, false],
    ['it may be used for clients alone', { server: use('clientAuth') }, false],
    ['it may be used for servers', { server: use('serverAuth,clientAuth') }, true],
    ['it may be used for anything', { server: use('anyExtendedKeyUsage') }, true],
    [
      'the one between may be used for clients alone',
      { middle: `${CA}\n${use('clientAuth')}` },
      false,
    ],
  ])('%s', (_, extensions, counts) => {
    make('root', extensions.root ?? CA)
    make('middle', extensions.middle ?? CA, 'root')
    make('server', `${CA}\n${extensions.server ?? ''}`, 'middle')
    const bundle = ['server', 'middle', 'root'].map((name) => read(name)).join('')
    const root = new X509Certificate(read('root')).raw
    expect(hashOfCa(Buffer.from(bundle), new Date())).toBe(sha256(counts ? root : bundle))
  })

  /** Signed by itself, or by the one of another name. */
  function make(name: string, extensions: string, by = name): void {
    const identifiers = 'subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid'
    writeFileSync(
      join(folder, `${name}.ext`),
      `${extensions}\n${by === name ? 'subjectKeyIdentifier=hash' : identifiers}\n`,
    )
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
    openssl(
      'req',
      '-new',
      ...key,
      '-subj',
      `/CN=${name}`,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.csr`,
    )
    const signer =
      by === name
        ? ['-signkey', `${name}.key`]
        : ['-CA', `${by}.crt`, '-CAkey', `${by}.key`, '-CAcreateserial']
    openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      ...signer,
      '-days',
      '2',
      '-extfile',
      `${name}.ext`,
      '-out',
      `${name}.crt`,
    )
  }

  function openssl(...args: string[]): void {
    execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' })
  }

  function read(name: string): string {
    return readFileSync(join(folder, `${name}.crt`), 'utf8')
  }
})

function use(purposes: string): string {
  return `extendedKeyUsage=${purposes}`
}

function sha256(bytes: string | Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
