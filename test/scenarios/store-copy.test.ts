// Projects that move from a store of each kind to one of each other kind, and are killed on the way, again and again, with the real
// programs: whoever runs with the old settings has the very token or is told where it went, and whoever has the new ones has it.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { Etcd, findEtcd, NO_ETCD } from '../support/etcd.js'
import { findOpenBao, NO_OPENBAO, OpenBao } from '../support/openbao.js'
import { makeRole } from '../support/openbao-role.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'

const CLUSTERS = ['edge', 'home', 'prod'] as const
/** Killed so many times at most: later each time, until it is done before. */
const MOST_KILLS = 12

let bao: OpenBao | undefined
let etcd: Etcd | undefined
let folder: string
let variables: NodeJS.ProcessEnv = {}
let places = 0
let project: Project

const KINDS = {
  folder: { store: () => 'k3s_tokens', told: /k3s_tokens\// },
  openbao: {
    store: () => `{ openbao: { auth: approle, path: 'k3s/${++places}/{cluster}', timeout: 60 } }`,
    told: /openbao secret\/k3s\//,
  },
  etcd: {
    store: () =>
      `{ etcd: { endpoints: '${etcd!.endpoints[0]!}', prefix: /copies/${++places}/, timeout: 60 } }`,
    told: /etcd http/,
  },
  git: {
    store: () =>
      `{ git: { remote: '${folder}/tokens.git', ref: refs/k3s_vars/copy-${++places}, timeout: 60 } }`,
    told: /git \/.*\/tokens\.git refs/,
  },
} as const
type Kind = keyof typeof KINDS

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'k3s_vars-copies-'))
  execFileSync('git', ['init', '--quiet', '--bare', join(folder, 'tokens.git')])
  if (findOpenBao() !== undefined) {
    bao = await OpenBao.start()
    variables = { ...makeRole(bao), BAO_ADDR: bao.address }
  }
  if (findEtcd() !== undefined) etcd = await Etcd.start()
})
afterAll(async () => {
  await bao?.stop()
  await etcd?.stop()
  rmSync(folder, { recursive: true })
})
beforeEach(() => {
  project = new Project()
})
afterEach(() => project.remove())

function use(store: string): void {
  const clusters = CLUSTERS.map((name) => `  ${name}: { hosts: { server: [${name}-s] } }\n`)
  project.write(
    'k3s_vars.yml',
    `defaults: { probe: false, store: ${store} }\nclusters:\n${clusters.join('')}`,
  )
}

const run = (args: readonly string[]): Promise<Outcome> =>
  project.start(LAUNCHER, args, { environment: variables })

/** The tokens of all clusters, in the order of their names; undefined where there is no answer. */
function tokensIn({ status, stdout }: Outcome): readonly string[] | undefined {
  if (status !== 0) return undefined
  return [...stdout.matchAll(/"__ansible_unsafe":"([A-Za-z0-9]{43})"/g)].map(([, token]) => token!)
}

/** Runs `store copy`, and kills it after so many milliseconds. @returns whether it was done before */
async function copyFor(to: string, milliseconds: number): Promise<boolean> {
  const child = spawn(LAUNCHER, ['store', 'copy', '--to', to], {
    cwd: project.folder,
    env: { ...project.environment, ...variables },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds)
  const [status, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    child.on('exit', (...how) => resolve(how))
  })
  clearTimeout(timer)
  if (signal === null) expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return signal === null
}

const missing: Partial<Record<Kind, string>> = {
  ...(findOpenBao() === undefined && { openbao: NO_OPENBAO }),
  ...(findEtcd() === undefined && { etcd: NO_ETCD }),
}
const kinds = Object.keys(KINDS) as Kind[]

describe.each(kinds)('from %s', (from) => {
  for (const to of kinds.filter((kind) => kind !== from)) {
    const why = missing[from] ?? missing[to]
    if (why !== undefined) {
      test.skip(`to ${to}: ${why}`, () => undefined)
      continue
    }
    test(`to ${to}, killed again and again, and run to its end`, async () => {
      const [old, next] = [KINDS[from].store(), KINDS[to].store()]
      use(old)
      const tokens = tokensIn(await run(['--list']))
      expect(new Set(tokens).size).toBe(CLUSTERS.length)
      let kills = 0
      for (let patience = 100; !(await copyFor(next, patience)); patience *= 1.3) {
        kills++
        if (kills >= MOST_KILLS) patience = 60_000
        const seen = await run(['--list'])
        if (seen.status === 0) expect(tokensIn(seen)).toEqual(tokens)
        else
          expect(seen).toMatchObject({
            status: 5,
            stdout: '',
            stderr: expect.stringContaining('K3SV_STORE_MOVED'),
          })
      }
      expect(kills).toBeGreaterThan(0)
      // Old controllers stop, each cluster by itself, and are told the new place.
      for (const args of [
        ['--list'],
        ['token', 'show', 'prod', '--reveal'],
        ['token', 'new', 'prod', '--yes'],
      ]) {
        const stopped = await run(args)
        expect({ args, ...stopped }).toMatchObject({ args, status: 5, stdout: '' })
        expect(stopped.stderr).toMatch(/was moved to .*\(K3SV_STORE_MOVED\)\nhint: /)
        expect(stopped.stderr).toMatch(KINDS[to].told)
      }
      expect(await run(['store', 'copy', '--to', next])).toMatchObject({
        status: 0,
        stdout: expect.stringContaining('prod: was there already\n'),
      })
      use(next)
      expect(tokensIn(await run(['--list']))).toEqual(tokens)
    })
  }
})
