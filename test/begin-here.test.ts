// A stranger who opens a folder finds the one file to begin with.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from '@jest/globals'

const SRC = join(__dirname, '../src')

const FOLDERS = [
  ...['document', 'lifecycle', 'vault', 'token', 'role', 'inventory', 'config', 'cluster'],
  ...['authority', 'kubernetes'],
  ...['source', 'cli', 'scan', 'store', 'yaml', 'files', 'ansible-play'],
]

/** The comment that a file opens with. */
function headOf(path: string): string {
  return /^(?:\/\/.*\n)*/.exec(readFileSync(path, 'utf8'))![0]
}

test.each(FOLDERS)('src/%s has one file to begin with, which tells of the others', (folder) => {
  const names = readdirSync(join(SRC, folder))
  const files = names.filter((name) => name.endsWith('.ts'))
  const first = files.filter((name) => headOf(join(SRC, folder, name)).includes('Begin here'))
  expect(first).toHaveLength(1)
  const head = headOf(join(SRC, folder, first[0]!))
  const named = [...head.matchAll(/[a-z0-9-]+\.ts\b/g)].map(([name]) => name)
  expect(named.length).toBeGreaterThan(1)
  for (const name of named) {
    expect(statSync(join(SRC, folder, name)).isFile()).toBe(true)
    expect(name).not.toBe(basename(first[0]!))
  }
})
