// A CA that is made before the first start: who may have one, what becomes of it, and how it gets to the first server. That K3s takes
// it is held to the real one by test/k3s/ca.test.ts.
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { runCli } from '../support/cli.js'
import { describeNewestAnsible } from '../support/each-ansible.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'
import { useWarmPython } from '../support/warm-python.js'

const PLAYBOOK = resolve(LAUNCHER, '../../playbooks/place_ca.yml')
const FILE = 'k3s_tokens/prod.ca.yml'
const DOCUMENT = 'k3s_tokens/prod.yml'
const TWO = 'clusters: { prod: { probe: false }, dev: { probe: false } }\n'

let project: Project
beforeEach(() => {
  project = new Project({ 'k3s_vars.yml': TWO })
  expect(cli('token', 'new', 'prod', '--yes').status).toBe(0)
})
afterEach(() => project.remove())

function cli(...args: readonly string[]): Outcome {
  const outcome = runCli(project, args)
  if (!args.includes('--reveal')) expect(Object.values(outcome).join()).not.toContain('PRIVATE KEY')
  return outcome
}

function read(name: string): string {
  return readFileSync(project.path(name), 'utf8')
}

interface Exported {
  readonly hash: string
  readonly files: Readonly<Record<string, string>>
}

function reveal(...more: string[]): Exported {
  const { status, stdout, stderr } = cli('ca', 'export', 'prod', '--reveal', ...more)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return JSON.parse(stdout) as Exported
}

describe('a CA', () => {
  test('is kept beside the token with its keys sealed, and the document knows it', () => {
    expect(cli('ca', 'new', 'prod')).toMatchObject({ status: 0, stderr: '' })
    expect(readdirSync(project.path('k3s_tokens')).sort()).toEqual(['prod.ca.yml', 'prod.yml'])
    expect(read(FILE)).not.toContain('PRIVATE KEY')
    expect(statSync(project.path(FILE)).mode & 0o777).toBe(0o600)
    const { hash } = JSON.parse(cli('ca', 'show', 'prod', '--json').stdout) as Exported
    expect(read(DOCUMENT)).toContain(`- hash: "${hash}"\n    source: made\n`)
    expect(cli('token', 'show', 'prod').stdout).toContain('made here')
    expect(reveal().hash).toBe(hash)
  })

  test('goes out as the files of server/tls, root and intermediate only on demand', () => {
    cli('ca', 'new', 'prod')
    const output = cli('ca', 'export', 'prod', '--output', 'tls')
    expect(output.status).toBe(0)
    const { files } = reveal()
    expect(Object.keys(files)).toHaveLength(11)
    for (const [name, text] of Object.entries(files)) {
      expect(read(`tls/${name}`)).toBe(text)
      expect(statSync(project.path(`tls/${name}`)).mode & 0o777).toBe(0o600)
    }
    expect(statSync(project.path('tls')).mode & 0o777).toBe(0o700)
    expect(Object.keys(files).filter((name) => /root|intermediate/.test(name))).toEqual([])
    const all = Object.keys(reveal('--root').files)
    expect(all.filter((name) => /root|intermediate/.test(name)).sort()).toEqual([
      'intermediate-ca.key',
      'intermediate-ca.pem',
      'root-ca.key',
      'root-ca.pem',
    ])
    const again = cli('ca', 'export', 'prod', '--output', 'tls')
    expect(again).toMatchObject({ status: 2, stdout: '' })
    expect(cli('ca', 'export', 'prod')).toMatchObject({ status: 2, stdout: '' })
  })

  test('is made once: a second call changes nothing', () => {
    cli('ca', 'new', 'prod')
    const before = [read(FILE), read(DOCUMENT)]
    const { status, stdout, stderr } = cli('ca', 'new', 'prod')
    expect({ status, stdout }).toEqual({ status: 5, stdout: '' })
    expect(stderr).toContain('(K3SV_STORE_CA)')
    expect([read(FILE), read(DOCUMENT)]).toEqual(before)
  })

  test('that was not named in the document yet is named by the next call, and no other is made', () => {
    const without = read(DOCUMENT)
    cli('ca', 'new', 'prod')
    const [made, { hash }] = [read(FILE), reveal()]
    project.write(DOCUMENT, without)
    const early = cli('ca', 'export', 'prod', '--reveal')
    expect(early).toMatchObject({ status: 5, stdout: '' })
    expect(early.stderr).toContain('k3s-vars ca new prod')
    expect(cli('ca', 'new', 'prod').status).toBe(0)
    expect(read(FILE)).toBe(made)
    expect(read(DOCUMENT)).toContain(hash)
  })

  test('of a cluster that is known by another one, or has no token, is not made', () => {
    expect(cli('ca', 'new', 'dev').stderr).toContain('(K3SV_STORE_ABSENT)')
    project.write('token', `K10${'0123456789abcdef'.repeat(4)}::server:Zq7xV2mZ9kL4pR8wT3nB6yH1sD5`)
    expect(cli('token', 'import', 'dev', '--file', 'token', '--offline').status).toBe(0)
    const known = cli('ca', 'new', 'dev', '--assume-new')
    expect(known).toMatchObject({ status: 5, stdout: '' })
    expect(known.stderr).toContain('(K3SV_STORE_CA)')
    expect(existsSync(project.path('k3s_tokens/dev.ca.yml'))).toBe(false)
  })

  test('of a cluster of which nobody knows whether it was started needs a word', () => {
    project.write('k3s_vars.yml', 'clusters: { prod: }\n')
    const doubt = cli('ca', 'new', 'prod')
    expect(doubt).toMatchObject({ status: 7, stdout: '' })
    expect(doubt.stderr).toContain('(K3SV_CLUSTER_DOUBT)')
    expect(doubt.stderr).toContain('--assume-new')
    expect(existsSync(project.path(FILE))).toBe(false)
    expect(cli('ca', 'new', 'prod', '--assume-new').status).toBe(0)
  })

  test('is not kept in the clear', () => {
    rmSync(project.path('k3s_tokens'), { recursive: true })
    project.write('k3s_vars.yml', 'clusters: { prod: { probe: false, encrypt: never } }\n')
    expect(cli('token', 'new', 'prod', '--yes').status).toBe(0)
    const { status, stderr } = cli('ca', 'new', 'prod')
    expect(status).toBe(3)
    expect(stderr).toContain('(K3SV_CONFIG_COMBINATION)')
    expect(existsSync(project.path(FILE))).toBe(false)
  })
})

describe('what is kept of a CA', () => {
  const pem =
    /( {4}-----BEGIN CERTIFICATE-----\n(?: {4}[A-Za-z0-9+/=]+\n)+ {4}-----END CERTIFICATE-----\n)/
  const damages: readonly (readonly [string, (own: string, other: string) => string])[] = [
    ['no YAML', () => '[\n'],
    ['another schema', (own) => own.replace('schema: 1', 'schema: 2')],
    ['that of another cluster', (_, other) => other],
    ['that of another cluster, relabelled', (_, other) => other.replace('"dev"', '"prod"')],
    [
      'the keys of another cluster',
      (own, other) => own.replace(/keys:[^]*/, other.slice(other.indexOf('keys:'))),
    ],
    ['a certificate taken away', (own) => own.replace(pem, '')],
    ['a certificate of another cluster', (own, other) => own.replace(pem, pem.exec(other)![1]!)],
  ]

  test.each(damages)('%s: is handed out to nobody', (_, damage) => {
    for (const name of ['prod', 'dev']) {
      if (name === 'dev') cli('token', 'new', name, '--yes')
      expect(cli('ca', 'new', name).status).toBe(0)
    }
    project.write(FILE, damage(read(FILE), read('k3s_tokens/dev.ca.yml')))
    const { status, stdout, stderr } = cli('ca', 'export', 'prod', '--reveal')
    expect({ status, stdout }).toEqual({ status: 5, stdout: '' })
    expect(stderr).toMatch(/\(K3SV_STORE_(?:CA|SCHEMA)\)/)
  })
})

describeNewestAnsible((ansible) => {
  const warm = useWarmPython(ansible)
  const place = (...more: string[]): Outcome =>
    project.run(
      join(ansible.bin, 'ansible-playbook'),
      [
        ...['-i', 'hosts.yml', PLAYBOOK, '-vvvv', '--diff', '-e', 'k3s_vars_cluster=prod'],
        ...['-e', `k3s_vars_executable=${LAUNCHER}`, '-e', 'ansible_become=false'],
        ...['-e', `{"k3s_vars_data_dir": "${project.path('k3s')}"}`, ...warm, ...more],
      ],
      { environment: { PWD: project.folder } },
    )

  beforeEach(() => {
    project.write(
      'hosts.yml',
      'server: { hosts: { s1: , s2: }, vars: { ansible_connection: local } }\n',
    )
    expect(cli('ca', 'new', 'prod').status).toBe(0)
  })

  test('the play places it once, on the first server alone, and shows no key at any verbosity', () => {
    const dry = place('--check')
    expect(dry.status).toBe(0)
    expect(existsSync(project.path('k3s'))).toBe(false)
    const first = place()
    expect({ status: first.status, tail: first.stdout.slice(-400) }).toMatchObject({ status: 0 })
    expect(first.stdout).toMatch(/s1 +: ok=6 +changed=2 /)
    expect(first.stdout).not.toMatch(/s2 +:/)
    const { files } = reveal()
    for (const [name, text] of Object.entries(files)) {
      expect(read(`k3s/server/tls/${name}`)).toBe(text)
      expect(statSync(project.path(`k3s/server/tls/${name}`)).mode & 0o777).toBe(0o600)
    }
    for (const { stdout, stderr } of [dry, first]) {
      expect(stdout + stderr).not.toContain('PRIVATE KEY')
      const line = files['server-ca.key']!.split('\n')[1]!
      expect(stdout + stderr).not.toContain(line)
    }
    expect(place().stdout).toMatch(/s1 +: ok=6 +changed=0 /)
  })

  test('the play says what our program says where there is none', () => {
    const { status, stdout } = place('-e', 'k3s_vars_cluster=dev')
    expect(status).toBe(2)
    expect(stdout).toContain('(K3SV_STORE_ABSENT)')
  })

  test('the play leaves a CA alone that is there already', () => {
    const own = 'the CA of a cluster that runs\n'
    project.write('k3s/server/tls/server-ca.crt', own)
    const { status, stdout } = place()
    expect(status).toBe(2)
    expect(stdout.replace(/\s+/g, ' ')).toContain('has a CA of its own already')
    expect(read('k3s/server/tls/server-ca.crt')).toBe(own)
    expect(readdirSync(project.path('k3s/server/tls'))).toEqual(['server-ca.crt'])
  })
})
