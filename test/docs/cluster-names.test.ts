// One cluster goes through all that people read, `prod`; where a page needs a second one, that is `edge`. Whoever follows two pages
// never has to ask whether they speak of the same cluster.
import { describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { COMMANDS } from '../../src/cli/commands.js'

const ROOT = join(import.meta.dirname, '../..')
const [FIRST, SECOND] = ['prod', 'edge']
/** Two roles, one of them with two clusters, need three. */
const THIRD: Readonly<Record<string, string>> = {
  'examples/multi-cluster/clusters.d/edge_rke2.yml': 'edge_rke2',
}

const files = execFileSync(
  'git',
  [
    ...['ls-files', '-z', '--', '*.md', 'docs/pictures', 'examples', 'playbooks/*.yml'],
    ...['plugins/*.py', ':!test', ':!CHANGELOG.md'],
  ],
  { cwd: ROOT, encoding: 'utf8' },
)
  .split('\0')
  .filter((name) => name !== '')

const help = COMMANDS.flatMap(({ examples }) => examples.map(([line]) => line)).join('\n')

/** The words of the commands that a cluster's name follows. */
const commands = COMMANDS.filter(({ usage }) => /[[<]clusters?\b/.test(usage)).map(({ usage }) =>
  usage.replace(/ [[<].*$/, ''),
)

const NAME = '([a-z0-9][a-z0-9_-]*)'
const PLACES: readonly RegExp[] = [
  new RegExp(`(?:k3s-vars |k3s_vars"? |\`|^)(?:${commands.join('|')}) +${NAME}`, 'gm'),
  new RegExp(`k3s_tokens/${NAME}(?:\\.ca)?\\.yml`, 'g'),
  new RegExp(`k3s_token', (?:'|&#39;)${NAME}'`, 'g'),
  new RegExp(`(?:k3s_vars_cluster=|k3s_vars_cluster: |--cluster )${NAME}`, 'g'),
  new RegExp(`"cluster": "${NAME}"`, 'g'),
  new RegExp(`^ +cluster: ${NAME}$`, 'gm'),
  new RegExp(`clusters: *\\{ *${NAME}:`, 'g'),
]

/** The names of clusters in a text. */
function clustersIn(text: string): readonly string[] {
  const named = PLACES.flatMap((place) => [...text.matchAll(place)].map(([, name]) => name!))
  const configured = [...text.matchAll(/^ *clusters:\n((?: {2,}.*\n|\n)+)/gm)].flatMap(([, body]) =>
    [...body!.matchAll(new RegExp(`^ {2}${NAME}:`, 'gm'))].map(([, name]) => name!),
  )
  return [...new Set([...named, ...configured])].sort()
}

describe('the one cluster', () => {
  test.each(files)('%s names no other', (file) => {
    const text = readFileSync(join(ROOT, file), 'utf8')
    expect(clustersIn(text).filter((name) => ![FIRST, SECOND, THIRD[file]].includes(name))).toEqual(
      [],
    )
  })

  test('help names no other', () => {
    expect(clustersIn(help)).toEqual([SECOND, FIRST])
  })

  test('is named on most pages that people begin with', () => {
    for (const page of ['README.md', 'docs/quick-start.md', 'docs/adopt.md', 'docs/rotate.md'])
      expect(clustersIn(readFileSync(join(ROOT, page), 'utf8'))).toContain(FIRST)
  })

  test.each([
    ['npx k3s-vars token new lab # makes it'],
    ['plugins/k3s_vars check lab'],
    ['what `rotate lab --plan` says'],
    ['commit `k3s_tokens/lab.yml`'],
    ["{{ lookup('k3s_token', 'lab', kind='agent') }}"],
    ['ansible-playbook k3s_vars.token.rotate -e k3s_vars_cluster=lab'],
    ['{ "cluster": "lab" }'],
    ['clusters: { lab: {} }'],
    ['clusters:\n  # a comment\n  lab:\n    role: k3s-io\n'],
    ['```yaml\nclusters:\n  prod:\n    role: k3s-io\n\n  lab:\n    role: k3s-io\n```\n'],
  ])('is told from another one in %j', (text) => {
    expect(clustersIn(text)).toContain('lab')
  })
})
