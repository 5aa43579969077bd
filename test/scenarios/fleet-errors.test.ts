// One cluster of several that something is wrong with: nothing is printed, and nothing is made for the others.
import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { LAUNCHER, Project } from '../support/project.js'

const OLD = 'old: { probe: false }'
const NEW = ['a-new', 'z-new'].map((name) => `  ${name}: { probe: false }\n`)
/** The bad one is neither first nor last. */
const config = (old: string): string => `clusters:\n${NEW[0]}  ${old}\n${NEW[1]}`

let project: Project
beforeEach(() => {
  project = new Project({ 'k3s_vars.yml': `clusters:\n  ${OLD}\n` })
  expect(project.run(LAUNCHER, ['--list']).status).toBe(0)
  project.write('k3s_vars.yml', config(OLD))
})
afterEach(() => project.remove())

const stored = (): unknown[] =>
  readdirSync(project.path('k3s_tokens'), { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => [name, readFileSync(project.path(`k3s_tokens/${name}`), 'utf8')])

const document = (): string => readFileSync(project.path('k3s_tokens/old.yml'), 'utf8')

const CASES: readonly (readonly [string, number, string, () => void])[] = [
  [
    'has a damaged document',
    5,
    'K3SV_STORE_CORRUPT',
    () => void project.write('k3s_tokens/old.yml', document().replace('generation: 1', 'gene: 1')),
  ],
  [
    'has the document of another cluster',
    5,
    'K3SV_STORE_CORRUPT',
    () => void project.write('k3s_tokens/old.yml', document().replace('"old"', '"other"')),
  ],
  [
    'has vault text that lost a part',
    6,
    'K3SV_VAULT_WRONG_PASSWORD',
    () =>
      void project.write(
        'k3s_tokens/old.yml',
        document().replace(/(AES256\n +[0-9a-f]{20}).*/, '$1'),
      ),
  ],
  [
    'is sealed with another password',
    6,
    'K3SV_VAULT_WRONG_PASSWORD',
    () => void project.write('.vault_password', 'another one\n'),
  ],
  [
    'lacks the agent token that it is to have',
    5,
    'K3SV_STORE_ABSENT',
    () => void project.write('k3s_vars.yml', config('old: { probe: false, agent_token: true }')),
  ],
]

test.each(CASES)(
  'a cluster that %s keeps the others from being minted',
  (_, status, code, spoil) => {
    spoil()
    const before = stored()
    for (const [word, input] of [
      ['--list', ''],
      ['--plugins', ''],
      ['--plugins', '{"clusters": ["a-new", "old"]}'],
    ] as const) {
      const outcome = project.run(LAUNCHER, [word], { input })
      expect([outcome.status, outcome.stdout]).toEqual([status, ''])
      expect(outcome.stderr).toContain(`(${code})`)
      expect(stored()).toEqual(before)
    }
  },
)

test('a cluster that is asked for alone does not pay for another one', () => {
  project.write('k3s_tokens/old.yml', document().replace('generation: 1', 'gene: 1'))
  const asked = project.run(LAUNCHER, ['--plugins'], { input: '{"clusters": ["a-new"]}' })
  expect(asked).toMatchObject({ status: 0, stderr: '' })
  expect(stored().map((entry) => (entry as string[])[0])).toEqual(['a-new.yml', 'old.yml'])
})

test('where nothing is wrong all of them are minted', () => {
  expect(project.run(LAUNCHER, ['--list'])).toMatchObject({ status: 0, stderr: '' })
  const names = stored().map((entry) => (entry as string[])[0])
  expect(names).toEqual(['a-new.yml', 'old.yml', 'z-new.yml'])
})
