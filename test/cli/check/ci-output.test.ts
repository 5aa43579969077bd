import { describe, expect, test } from '@jest/globals'
import { githubLines, gitlabReport, markdownLines } from '../../../src/cli/check/ci-output.js'
import type { CheckFinding } from '../../../src/cli/check/finding.js'

const SCENE = { root: '/checkout', config: '/checkout/k3s_vars.yml' }
const FINDING: CheckFinding = {
  rule: 'token-elsewhere',
  severity: 'error',
  cluster: 'prod',
  message: 'another token wins',
  place: { file: '/checkout/group_vars/all.yml', line: 3, column: 7 },
  hint: 'take it out',
}

describe("GitHub's annotations", () => {
  test('name file, line and rule', () => {
    expect(githubLines([FINDING], SCENE)).toEqual([
      '::error file=group_vars/all.yml,line=3,col=7,title=k3s-vars%3A token-elsewhere::prod: another token wins%0Ahint: take it out',
    ])
  })

  test('are at the configuration where a finding has no place', () => {
    expect(githubLines([{ rule: 'a', severity: 'warn', message: 'b' }], SCENE)).toEqual([
      '::warning file=k3s_vars.yml,line=1,title=k3s-vars%3A a::b',
    ])
  })

  test('hold no second command, whatever a file is called', () => {
    const file = '/checkout/a,line=9::x\n::stop-commands::y\r'
    const [line] = githubLines([{ ...FINDING, message: '50%\n::error::z', place: { file } }], SCENE)
    expect(line).not.toMatch(/[\r\n]/)
    expect(line).toMatch(
      /^::error file=a%2Cline=9%3A%3Ax%0A%3A%3Astop-commands%3A%3Ay%0D,line=1,title=k3s-vars%3A token-elsewhere::prod: 50%25%0A::error::z%0A/,
    )
  })
})

describe("GitLab's report", () => {
  test('has what its format asks for', () => {
    expect(gitlabReport([FINDING], SCENE)).toEqual([
      {
        description: 'prod: another token wins',
        check_name: 'token-elsewhere',
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
        severity: 'critical',
        location: { path: 'group_vars/all.yml', lines: { begin: 3 } },
      },
    ])
  })

  test('keeps the fingerprint where only the line is another, and tells clusters apart', () => {
    const moved = { ...FINDING, place: { ...FINDING.place!, line: 4 } }
    const other = { ...FINDING, cluster: 'dev' }
    const [first, second, third] = gitlabReport([FINDING, moved, other], SCENE) as {
      fingerprint: string
    }[]
    expect(second!.fingerprint).toBe(first!.fingerprint)
    expect(third!.fingerprint).not.toBe(first!.fingerprint)
  })
})

describe('Markdown', () => {
  const show = (...findings: CheckFinding[]): string[] =>
    markdownLines(findings, { summary: '1 cluster checked: 1 error', scene: SCENE })

  test('is a heading alone where nothing was found', () => {
    expect(show()).toEqual(['### k3s-vars check: 1 cluster checked: 1 error'])
  })

  test('has a row for each finding', () => {
    expect(show(FINDING).slice(2)).toEqual([
      '| severity | cluster | finding | where | rule |',
      '| --- | --- | --- | --- | --- |',
      '| error | prod | another token wins<br>hint: take it out | group\\_vars/all.yml:3:7 | token-elsewhere |',
    ])
  })

  test('holds no markup and no further cell of a name', () => {
    const [row] = show({ ...FINDING, message: 'a | b <img src=x> [x](y)' }).slice(4)
    expect(row).toContain('a \\| b \\<img src=x\\> \\[x\\](y)')
  })
})
