// The package as it is published: what is in it, and that it works alone.
import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { namesIn } from '../../src/build/third-party.js'
import { findNodes } from '../support/nodes.js'
import { PASSWORD, Project } from '../support/project.js'

const ROOT = join(__dirname, '../..')
const CANARY = 'CanaryPackageT6mQ2x'

/** What work leaves in a checkout, and nobody else may get. */
const LEFT_BEHIND = [
  '.vault_password',
  'k3s_vars.yml',
  'k3s_tokens/home.yml',
  '.cache/ansible/x.py',
  'plugins/lookup/__pycache__/x.pyc',
  'examples/quickstart/.vault_password',
  'examples/quickstart/k3s_tokens/prod.yml',
  'examples/quickstart/scratch/server/config.yaml',
  'test/left.txt',
  'coverage/lcov.info',
  'k3s-vars-0.0.1.tgz',
  '.env',
]

const { files } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  files: string[]
}
const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }).split('\0')
const built = readdirSync(join(ROOT, 'dist'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(relative(ROOT, entry.parentPath), entry.name))

let scratch: string
let checkout: string
let tarball: string
let packed: readonly string[]

const npm = (cwd: string, ...args: readonly string[]): string =>
  execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'k3s_vars-package-'))
  checkout = join(scratch, 'checkout')
  for (const name of [...tracked.filter((path) => path !== ''), ...built]) {
    cpSync(join(ROOT, name), join(checkout, name), { recursive: true })
  }
  for (const name of LEFT_BEHIND) {
    mkdirSync(dirname(join(checkout, name)), { recursive: true })
    writeFileSync(join(checkout, name), CANARY)
  }
  // What is packed is built there. A link to the folder would show in the source maps.
  const packages = [join(ROOT, 'node_modules'), checkout]
  if (spawnSync('cp', ['-al', ...packages]).status !== 0) {
    execFileSync('cp', ['-a', ...packages])
  }
  const folder = join(scratch, 'project')
  mkdirSync(folder)
  const name = execFileSync(join(checkout, 'src/build/pack.sh'), { cwd: folder, encoding: 'utf8' })
  expect(readdirSync(folder)).toEqual([name.trim()])
  tarball = join(folder, name.trim())
  packed = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' })
    .split('\n')
    .filter((path) => path !== '')
    .map((path) => path.replace(/^package\//, ''))
}, 240_000)

afterAll(() => rmSync(scratch, { recursive: true, force: true }))

describe('the package', () => {
  test('holds what was built and what Git tracks in its folders, and nothing that lay about', () => {
    const wanted = [...files, 'package.json', 'README.md', 'LICENSE'].filter(
      (name) => !name.startsWith('!'),
    )
    const isWanted = (path: string): boolean =>
      wanted.some((name) => path === name || path.startsWith(`${name}/`))
    const expected = [...tracked.filter(isWanted), ...built].filter(
      // npm never packs the former.
      (path) => !/(?:^|\/)\.gitignore$|\.cache$/.test(path),
    )
    expect([...packed].sort()).toEqual(expected.sort())
  })

  test('holds no sources, tests, caches, or dot files', () => {
    const odd = packed.filter((path) => /^(?:src|test)\/|\.ts$|__pycache__|(?:^|\/)\./.test(path))
    expect(odd).toEqual([])
    expect(built).toContain('dist/inventory.cjs.cache')
    expect(packed.filter((path) => path.includes('cache'))).toEqual([])
    const shape =
      /^dist\/(?:[a-z-]+\.cjs(?:\.LEGAL\.txt|\.cache|\.map)?|k3s_vars\.schema\.json|man\/k3s-vars[a-z-]*\.1|THIRD-PARTY-LICENSES\.txt)$/
    expect(built.filter((path) => !shape.test(path))).toEqual([])
  })

  test('has a source map for each bundle, with positions and no text', () => {
    const bundles = built.filter((path) => path.endsWith('.cjs'))
    expect(bundles.length).toBeGreaterThan(3)
    for (const bundle of bundles) {
      expect(packed).toContain(`${bundle}.map`)
      const map = JSON.parse(readFileSync(join(ROOT, `${bundle}.map`), 'utf8')) as object
      expect(Object.keys(map).sort()).toEqual(['mappings', 'names', 'sources', 'version'])
      expect(readFileSync(join(ROOT, bundle), 'utf8')).not.toContain('sourceMappingURL')
    }
  })

  test('holds no path of the machine that it was built on', () => {
    const unpacked = join(scratch, 'unpacked')
    mkdirSync(unpacked)
    execFileSync('tar', ['-xzf', tarball, '-C', unpacked])
    for (const text of [ROOT, scratch, CANARY]) {
      expect(spawnSync('grep', ['-rlF', text, unpacked], { encoding: 'utf8' }).stdout).toBe('')
    }
  })

  test('has the licences of all code that it holds', () => {
    const notices = readFileSync(join(ROOT, 'dist/THIRD-PARTY-LICENSES.txt'), 'utf8')
    const names = namesIn(notices)
    for (const name of ['ansible-vault@', 'js-yaml@', 'yaml@', 'yargs@', 'yargs-parser@']) {
      expect(names.filter((one) => one.startsWith(name))).toHaveLength(1)
    }
    for (const notice of notices.split(/^-{80}$/m).slice(1)) {
      expect(notice).toMatch(/copyright/i)
      expect(notice).toMatch(/permission/i)
    }
  })
})

test('the bill of materials lists what is bundled, and nothing else', () => {
  const names = namesIn(readFileSync(join(ROOT, 'dist/THIRD-PARTY-LICENSES.txt'), 'utf8'))
  const bom = JSON.parse(npm(ROOT, 'run', '--silent', 'sbom')) as {
    bomFormat: string
    metadata: { component: { name: string } }
    components: { name: string; version: string; hashes: unknown[]; licenses: unknown[] }[]
    dependencies: { ref: string; dependsOn: string[] }[]
  }
  expect(bom).toMatchObject({
    bomFormat: 'CycloneDX',
    metadata: { component: { name: 'k3s-vars' } },
  })
  expect(bom.components.map(({ name, version }) => `${name}@${version}`).sort()).toEqual(
    [...names].sort(),
  )
  for (const { hashes, licenses } of bom.components) {
    expect(hashes).toHaveLength(1)
    expect(licenses).toHaveLength(1)
  }
  const known = new Set(bom.dependencies.map(({ ref }) => ref))
  expect(
    bom.dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !known.has(ref)),
  ).toEqual([])
}, 60_000)

describe('installed from the package into an empty folder', () => {
  let home: string
  let project: Project
  /** What npm said when it was installed. */
  let said: string
  const launcher = (): string => join(home, 'node_modules/.bin/k3s-vars')
  beforeAll(() => {
    home = join(scratch, 'installed')
    mkdirSync(home)
    const args = ['install', '--omit=dev', '--offline', '--no-audit', '--no-fund', tarball]
    const { status, stdout, stderr } = spawnSync('npm', args, { cwd: home, encoding: 'utf8' })
    said = `${stdout}${stderr}`
    expect({ status, said }).toMatchObject({ status: 0 })
    project = new Project()
  }, 120_000)
  afterAll(() => project.remove())

  test('it is alone', () => {
    expect(readdirSync(join(home, 'node_modules')).sort()).toEqual([
      '.bin',
      '.package-lock.json',
      'k3s-vars',
    ])
  })

  test('it has no script that it could not run, so that npm warns of none', () => {
    const own = join(home, 'node_modules/k3s-vars')
    const manifest = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8')) as object
    for (const key of ['scripts', 'devDependencies', 'jest', 'prettier', 'overrides'])
      expect(manifest).not.toHaveProperty(key)
    expect(said).not.toMatch(/warn/)
    expect(npm(own, 'rebuild', '--offline')).toContain('rebuilt')
  })

  test('it has the form of every answer, for editors and programs', () => {
    const own = join(home, 'node_modules/k3s-vars')
    const published = readdirSync(join(own, 'docs/schemas'))
    expect(published).toContain('status.json')
    for (const name of [
      ...published.map((one) => `docs/schemas/${one}`),
      'dist/k3s_vars.schema.json',
    ]) {
      expect(() => JSON.parse(readFileSync(join(own, name), 'utf8')) as unknown).not.toThrow()
    }
  })

  test('it is a command', () => {
    const version = project.run(launcher(), ['--version'])
    expect(version).toMatchObject({ status: 0, stderr: '' })
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect(project.run('npx', ['--offline', 'k3s-vars', 'status'], { cwd: home }).stderr).toContain(
      'K3SV_CONFIG_NOT_FOUND',
    )
  })

  test('it is an inventory source, and gives the same token again', () => {
    const first = project.run(launcher(), ['--list'])
    expect(first).toMatchObject({ status: 0, stderr: '' })
    expect(project.run(launcher(), ['--list']).stdout).toBe(first.stdout)
  })

  describe.each(findNodes())('on Node.js $version', ({ node, version }) => {
    const debugged = (): { answer: string; code: string } => {
      const { status, stdout, stderr } = project.run(launcher(), ['--list'], {
        environment: { K3S_VARS_NODE: node, NODE_DEBUG: 'k3s_vars' },
      })
      expect(status).toBe(0)
      return { answer: stdout, code: /^k3s_vars: code cache: (.*)\n$/.exec(stderr)?.[1] ?? stderr }
    }

    test('its first run keeps compiled code, which the next ones use, and nothing else does', () => {
      const quiet = project.run(launcher(), ['--list'], { environment: { K3S_VARS_NODE: node } })
      expect(quiet).toMatchObject({ status: 0, stderr: '' })
      const folder = project.path('home/.cache/k3s_vars')
      const [name, ...others] = readdirSync(folder).filter((one) => one.includes(`-v${version}-`))
      expect(others).toEqual([])
      const file = join(folder, name!)
      expect(debugged()).toEqual({ answer: quiet.stdout, code: `used ${file}` })
      // Code of another program that V8 takes for the same: Node.js 20.19 crashes with that of 20.20.
      for (const other of findNodes().filter((one) => one.version !== version)) {
        project.run(launcher(), ['--list'], { environment: { K3S_VARS_NODE: other.node } })
        const foreign = readdirSync(folder).find((one) => one.includes(`-v${other.version}-`))!
        cpSync(join(folder, foreign), file)
        expect(debugged()).toEqual({ answer: quiet.stdout, code: `made ${file}` })
        expect(debugged()).toEqual({ answer: quiet.stdout, code: `used ${file}` })
      }
    })

    test('its code holds neither the token nor the password', () => {
      const { answer } = debugged()
      const token = /"__ansible_unsafe":"(\w+)"/.exec(answer)![1]!
      const isIn = (place: string, text: string): boolean =>
        spawnSync('grep', ['-raqF', text, project.path(place)]).status === 0
      for (const text of [token, PASSWORD, project.folder]) {
        expect([text, isIn('home/.cache', text)]).toEqual([text, false])
      }
      expect([isIn('.vault_password', PASSWORD), isIn('home/.cache', version)]).toEqual([
        true,
        true,
      ])
    })
  })
})
