import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from '@jest/globals'
import { openStore } from '../../src/store/open.js'
import { first } from './samples.js'

const SRC = join(__dirname, '../../src')

test('a folder of files is opened by its kind', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'k3s_vars-open-'))
  try {
    const folder = join(parent, 'tokens')
    const open = () => openStore({ kind: 'file', folder, trustedOwners: [] })
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
