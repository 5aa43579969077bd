import { execFileSync } from 'node:child_process'
import { createHash, createPrivateKey, randomBytes, X509Certificate } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { makeAuthority } from '../../src/authority/authority.js'
import type { AuthorityFile } from '../../src/authority/authority.js'
import { hashOfCa } from '../../src/cluster/ca-hash.js'

const NOW = new Date()
const files = makeAuthority({ program: 'k3s', now: NOW, randomBytes })
const TASKS = ['client', 'server', 'request-header', 'etcd/peer', 'etcd/server']

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'k3s_vars-authority-'))
  for (const file of files) {
    const path = join(folder, file.name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, textOf(file), { mode: 0o600 })
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function textOf(file: AuthorityFile): string {
  return 'key' in file ? file.key.reveal() : file.certificate
}

function read(name: string): string {
  return textOf(files.find((file) => file.name === name)!)
}

function certificates(name: string): X509Certificate[] {
  const blocks = read(name).match(/-----BEGIN [^-]+-----[^-]+-----END [^-]+-----\n/g) ?? []
  return blocks.map((block) => new X509Certificate(block))
}

test('the files are those of K3s’ own script, and only what a server needs goes to one', () => {
  const leaves = TASKS.flatMap((task) => [`${task}-ca.crt`, `${task}-ca.key`])
  const at = (place: string): string[] =>
    files.filter((file) => file.place === place).map(({ name }) => name)
  expect(at('server')).toEqual([...leaves, 'service.key'])
  expect(at('here')).toEqual([
    'root-ca.pem',
    'root-ca.key',
    'intermediate-ca.pem',
    'intermediate-ca.key',
  ])
})

test('the hash of the cluster is that of its root, today and as long as the chain is valid', () => {
  const root = createHash('sha256').update(certificates('root-ca.pem')[0]!.raw).digest('hex')
  const later = new Date(NOW.getTime() + 3699 * 86_400_000)
  for (const task of TASKS) {
    expect(hashOfCa(Buffer.from(read(`${task}-ca.crt`)), NOW)).toBe(root)
    expect(hashOfCa(Buffer.from(read(`${task}-ca.crt`)), later)).toBe(root)
  }
})

describe.each(TASKS)('the certificate for %s', (task) => {
  test('has its key, and the chain up to the root', () => {
    const [own, intermediate, root] = certificates(`${task}-ca.crt`) as [
      X509Certificate,
      X509Certificate,
      X509Certificate,
    ]
    expect(own.checkPrivateKey(createPrivateKey(read(`${task}-ca.key`)))).toBe(true)
    expect(own.subject).toMatch(/^CN=k3s-[a-z-]+-ca@\d+$/)
    expect([own.verify(intermediate.publicKey), own.checkIssued(intermediate)]).toEqual([
      true,
      true,
    ])
    expect([intermediate.verify(root.publicKey), root.verify(root.publicKey)]).toEqual([true, true])
    expect([own, intermediate, root].every(({ ca }) => ca)).toBe(true)
  })

  test('is valid by the rules of OpenSSL', () => {
    const at = (name: string): string => join(folder, name)
    const verify = ['verify', '-x509_strict', '-purpose', 'any', '-CAfile', at('root-ca.pem')]
    const chain = ['-untrusted', at('intermediate-ca.pem'), at(`${task}-ca.crt`)]
    expect(execFileSync('openssl', [...verify, ...chain], { encoding: 'utf8' })).toMatch(/: OK\n$/)
  })
})

test('OpenSSL reads the root as it is meant', () => {
  const text = execFileSync(
    'openssl',
    ['x509', '-in', join(folder, 'root-ca.pem'), '-noout', '-text'],
    {
      encoding: 'utf8',
    },
  )
  expect(text).toMatch(/Version: 3 \(0x2\)/)
  expect(text).toMatch(/X509v3 Basic Constraints: critical\s+CA:TRUE\n/)
  expect(text).toMatch(
    /X509v3 Key Usage: critical\s+Digital Signature, Certificate Sign, CRL Sign\n/,
  )
  const [subject] = /Subject Key Identifier:\s+([0-9A-F:]+)/.exec(text)!.slice(1)
  const [authority] = /Authority Key Identifier:\s+(?:keyid:)?([0-9A-F:]+)/.exec(text)!.slice(1)
  expect(subject).toBe(authority)
})

test('no two have a key or a serial number in common', () => {
  const again = makeAuthority({ program: 'rke2', now: NOW, randomBytes })
  const keys = [...files, ...again].flatMap((file) => ('key' in file ? [file.key.reveal()] : []))
  expect(new Set(keys).size).toBe(keys.length)
  const all = TASKS.flatMap((task) => certificates(`${task}-ca.crt`))
  expect(new Set(all.map(({ serialNumber }) => serialNumber)).size).toBe(TASKS.length + 2)
  expect(textOf(again[0]!)).not.toBe(textOf(files[0]!))
})

test('a date from 2050 on has four digits for its year', () => {
  const late = makeAuthority({ program: 'k3s', now: new Date('2049-06-01T00:00:00Z'), randomBytes })
  const root = new X509Certificate(textOf(late[0]!))
  expect(new Date(root.validTo).getUTCFullYear()).toBe(2069)
  expect(new Date(root.validFrom)).toEqual(new Date('2049-05-31T00:00:00Z'))
})

test('nothing of a key shows where the files are printed', () => {
  expect(JSON.stringify(files)).not.toContain('PRIVATE KEY')
})
