import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from '@jest/globals'
import { openStore } from '../../src/store/open.js'
import { environmentIn } from '../support/environment.js'
import { first } from './samples.js'

const SRC = join(__dirname, '../../src')
const KINDS = ['etcd', 'git', 'vault-kv']

test('a folder of files is opened by its kind', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'k3s_vars-open-'))
  try {
    const folder = join(parent, 'tokens')
    const context = { environment: environmentIn(parent), trustedOwners: [] }
    const open = () => openStore({ kind: 'file', folder }, context)
    expect(await open().get('prod')).toBeNull()
    expect(await open().createIfAbsent(first())).toMatchObject({ won: true })
    expect((await open().get('prod'))?.document.writeId).toBe(first().writeId)
    expect(readdirSync(folder)).toContain('prod.yml')
  } finally {
    rmSync(parent, { recursive: true })
  }
})

test('nothing but the table of kinds, and a kind itself, imports a kind', () => {
  const importers = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => {
      const text = readFileSync(join(SRC, name), 'utf8')
      const imports = [...text.matchAll(/(?:from|import\() ?'(\.[^']*)'/g)]
      const kinds = imports
        .map(([, path]) => relative(SRC, resolve(SRC, dirname(name), path!)).split('/'))
        .filter(([folder, ...rest]) => folder === 'store' && rest.length > 1)
        .filter(([, kind]) => !name.startsWith(`store/${kind}/`))
      return kinds.length > 0 ? [name] : []
    })
  expect(importers).toEqual(['store/open.ts'])
})

test('a shared kind is loaded by its own name, and by its users alone', () => {
  const text = readFileSync(join(SRC, 'store/open.ts'), 'utf8')
  for (const kind of KINDS) {
    expect(text).toContain(`await import('./${kind}/kind.js')`)
    expect(text).not.toMatch(new RegExp(`^import .*'\\./${kind}/`, 'm'))
  }
  // What a process has loaded after it opened and asked a file store.
  const asked = `
    require.extensions['.ts'] ?? require('tsx/cjs')
    const { openStore } = require('${SRC}/store/open.ts')
    const folder = require('node:fs').mkdtempSync('${tmpdir()}/k3s_vars-open-')
    const environment = { variables: {}, cwd: folder, home: folder }
    openStore({ kind: 'file', folder }, { environment, trustedOwners: [] }).get('prod').then(() => {
      process.stdout.write(JSON.stringify(Object.keys(require.cache)))
    })`
  const loaded = JSON.parse(
    execFileSync(process.execPath, ['--import', 'tsx', '-e', asked], { encoding: 'utf8' }),
  ) as string[]
  const kinds = loaded.filter((file) => /\/store\/[a-z-]+\/kind\.ts$/.test(file))
  expect({ some: loaded.some((file) => file.endsWith('store/open.ts')), kinds }).toEqual({
    some: true,
    kinds: [],
  })
})
