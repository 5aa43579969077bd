// What is taken from others, and with which rights it runs. What is packed is in scenarios/package.test.ts.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'

const ROOT = join(__dirname, '..')
const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8')

interface Package {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}
interface Lock {
  readonly packages: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Package
const lockedIn = (name: string) =>
  Object.entries((JSON.parse(read(name)) as Lock).packages).filter(([path]) => path !== '')
const locked = lockedIn('package-lock.json')

describe('packages', () => {
  const section = read('docs/packages.md')
  const explained = [...section.matchAll(/^\| (`.*?) +\|/gm)].flatMap(([, cell]) =>
    [...cell!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!),
  )

  test('each have a reason in docs/packages.md, and no other is named there', () => {
    expect(explained.sort()).toEqual(Object.keys(devDependencies).sort())
  })

  test('are not installed with the published one, which bundles what it needs', () => {
    expect(dependencies).toBeUndefined()
    expect(locked.filter(([, one]) => one['dev'] !== true && one['devOptional'] !== true)).toEqual(
      [],
    )
  })

  test.each([
    ['package-lock.json', locked],
    ['test/mutation/package-lock.json', lockedIn('test/mutation/package-lock.json')],
  ])('of %s are locked by their hash, whatever registry they come from', (_, locked) => {
    expect(locked.length).toBeGreaterThan(100)
    const named = locked.filter(([, one]) => 'resolved' in one || 'link' in one)
    expect(named.map(([path]) => path)).toEqual([])
    const open = locked.filter(
      ([, one]) => one['inBundle'] !== true && !/^sha512-/.test(String(one['integrity'])),
    )
    expect(open.map(([path]) => path)).toEqual([])
  })

  test('run no script when they are installed by our own commands', () => {
    for (const name of [
      'src/build/setup.sh',
      '.github/workflows/ci.yml',
      '.github/workflows/release.yml',
    ]) {
      const installs = read(name).match(/npm (?:ci|install|update)\b.*/g) ?? []
      for (const command of installs) expect(command).toContain('--ignore-scripts')
    }
  })
})

describe('workflows', () => {
  const folder = join(ROOT, '.github/workflows')
  const workflows = readdirSync(folder).map(
    (name) => [name, read(`.github/workflows/${name}`)] as const,
  )

  test.each(workflows)('%s has no rights but those that a job asks for', (_, text) => {
    expect(text).toMatch(/^permissions: \{\}$/m)
  })

  test.each(workflows)('%s uses no action that could change under it', (_, text) => {
    for (const [line] of text.matchAll(/^.*\buses:.*$/gm)) {
      expect(line).toMatch(/uses: actions\/[a-z-]+@[0-9a-f]{40} # v\d/)
    }
  })

  test.each(workflows)('%s puts no text of others into a command', (_, text) => {
    const commands = text.replace(
      /^ +(?:GH_TOKEN|K3S_VERSION|K3S_SHA256|node|container|if):.*$/gm,
      '',
    )
    expect(commands).not.toMatch(/\$\{\{/)
  })

  test('prove the origin of the package in a job that runs nothing else', () => {
    const asking = workflows.filter(([, text]) => text.includes('id-token'))
    expect(asking.map(([name]) => name)).toEqual(['release.yml'])
    const jobs = asking[0]![1].split(/^(?= {2}[a-z]+:$)/m).filter((job) => job.includes('id-token'))
    expect(jobs).toHaveLength(1)
    expect([...jobs[0]!.matchAll(/run: (.*)/g)].map(([, command]) => command)).toEqual([
      'npm publish --provenance --access public --ignore-scripts ./k3s-vars-*.tgz',
    ])
  })
})

describe('what runs nightly', () => {
  const ci = read('.github/workflows/ci.yml')

  test('is what test/slow names, and each of it is there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const list = execFileSync(join(ROOT, 'test/slow'), ['--list'], { encoding: 'utf8' })
    const parts = list.trimEnd().split('\n')
    expect(parts.map((line) => line.split(' ')[0])).toEqual([
      ...['fuzz', 'props', 'proof', 'soak', 'ansible', 'races', 'sanity'],
    ])
    for (const line of parts) {
      const script = /npm run --silent ([\w:]+)/.exec(line)?.[1]
      const file = /^\S+ +(test\/\w+)/.exec(line)?.[1]
      expect([
        line,
        (script !== undefined && script in scripts) || existsSync(join(ROOT, file!)),
      ]).toEqual([line, true])
      const short = /# (\S+?)(?:,|$)/.exec(line)![1]!
      expect([line, existsSync(join(ROOT, short))]).toEqual([line, true])
    }
    expect(scripts['test:slow']).toBe('test/slow')
  })

  test('is started by one schedule and nothing else, on the main line', () => {
    const schedules = [...ci.matchAll(/- cron: '([^']+)'/g)].map(([, cron]) => cron!)
    const [, job] = ci.split(/^ {2}slow:$/m)
    const nightly = /if: github\.event\.schedule == '([^']+)'/.exec(job!)![1]!
    expect(schedules).toContain(nightly)
    expect(ci).toContain(`if: github.event.schedule != '${nightly}'`)
    expect(job).toContain('container: node:24-bookworm')
    expect(job).toContain('run: npm run test:slow')
    expect(ci).toMatch(/node: \[24, 22, 20\]/)
  })

  test('refuses a name that there is not, instead of running nothing', () => {
    const { status, stderr } = spawnSync(join(ROOT, 'test/slow'), ['fuz'], { encoding: 'utf8' })
    expect([status, stderr]).toEqual([1, expect.stringContaining('no part fuz')])
  })
})

test('the K3s that CI tries is of the four newest minor versions, each by its checksum', () => {
  const text = read('.github/workflows/ci.yml')
  const entries = [...text.matchAll(/- k3s: v1\.(\d+)\.\d+\+k3s\d+\n +sha256: ([0-9a-f]+)\n/g)]
  const minors = entries.map(([, minor]) => Number(minor))
  expect(minors).toEqual([0, 1, 2, 3].map((behind) => minors[0]! - behind))
  const sums = entries.map(([, , sum]) => sum!)
  expect(sums.filter((sum) => !/^[0-9a-f]{64}$/.test(sum))).toEqual([])
  expect(new Set(sums).size).toBe(4)
  expect(text).toContain('echo "$K3S_SHA256  /usr/local/bin/k3s" | sha256sum --check')
})
