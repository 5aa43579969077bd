// Every example of a role is played twice, as a user would play it, with tokens that were minted.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { ROLE_PROFILES } from '../../src/role/profiles.js'
import { describeNewestAnsible, IS_MATRIX } from '../support/each-ansible.js'
import { Example } from '../support/examples.js'
import { LAUNCHER, Project } from '../support/project.js'
import type { Outcome } from '../support/project.js'
import { useWarmPython } from '../support/warm-python.js'

let project: Project
beforeEach(() => {
  project = new Project()
})
afterEach(() => project.remove())

function fingerprintsOf({ stdout }: Outcome): readonly string[] {
  return [...new Set(stdout.match(/\w+ joins with the token of fingerprint [0-9a-f]{12}/g))].sort()
}

/** The text of every file that the play wrote for a host. */
function filesOf(example: Example, host: string): string {
  const root = example.path('scratch', host)
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8'))
    .join('\n')
}

const WITH_AGENT_TOKEN = ['k3s-io', 'pyratlabs', 'rke2-ansible', 'lablabs', 'ednz', 'custom', 'ha']
const TWICE = ['rke2-ansible', 'multi-cluster']
const NAMES = [...Object.keys(ROLE_PROFILES), 'custom', 'ha', 'multi-cluster']

describeNewestAnsible((ansible) => {
  const warm = useWarmPython(ansible)
  const play = (example: Example, ...args: readonly string[]): Outcome =>
    example.play(ansible, ...warm, ...args)

  test.each(NAMES)('examples/%s: all nodes agree, and a second run changes nothing', (name) => {
    const example = new Example(project, name)
    const first = play(example)
    expect({ status: first.status, stderr: first.stderr }).toEqual({ status: 0, stderr: '' })
    expect(first.stdout).toMatch(/changed=[1-9]/)
    expect(fingerprintsOf(first)).toHaveLength(name === 'multi-cluster' ? 3 : 1)

    if (WITH_AGENT_TOKEN.includes(name)) {
      const { stdout } = example.run(LAUNCHER, 'token', 'show', '--reveal')
      const serverToken = stdout.trim()
      expect(serverToken).toMatch(/^[A-Za-z0-9]{43}$/)
      expect(filesOf(example, 's1')).toContain(serverToken)
      expect(filesOf(example, 'a1')).not.toContain(serverToken)
    }

    // The others differ in what they write, not in how; every second run is for the whole matrix.
    if (!IS_MATRIX && !TWICE.includes(name)) return
    const second = play(example)
    expect(second.status).toBe(0)
    expect(second.stdout).toContain('changed=0')
    expect(second.stdout).not.toMatch(/changed=[1-9]/)
    expect(fingerprintsOf(second)).toEqual(fingerprintsOf(first))
  })

  test('examples/multi-cluster: --limit reaches one cluster, and one new agent, alone', () => {
    const example = new Example(project, 'multi-cluster')
    expect(play(example, '--limit', 'p1,p2').status).toBe(0)
    expect(readdirSync(example.path('scratch')).sort()).toEqual(['p1', 'p2'])
    const agent = play(example, '--limit', 'p3')
    expect(agent).toMatchObject({ status: 0, stderr: '' })
    const token = (host: string): string | undefined =>
      /K3S_TOKEN=(\w+)/.exec(filesOf(example, host))?.[1]
    expect(token('p3')).toBe(token('p2'))
    const edge = play(example, '--limit', 'edge')
    expect(edge).toMatchObject({ status: 0 })
    expect(fingerprintsOf(edge)).toEqual([expect.stringMatching(/^edge /)])
    expect(existsSync(example.path('scratch/r1'))).toBe(false)
  })

  test('a play notices an agent that reads another token', () => {
    const example = new Example(project, 'lablabs')
    example.write('host_vars/a1.yml', `rke2_token: ${'x'.repeat(43)}\n`)
    const outcome = play(example)
    expect(outcome.status).toBe(2)
    expect(outcome.stdout + outcome.stderr).toContain('the hosts of prod read different tokens')
    expect(outcome.stdout + outcome.stderr).not.toContain('xxx')
  })
})
