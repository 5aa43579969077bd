import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { findVarsFiles } from '../../../src/cli/check/vars-files.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'k3s_vars-test-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(...names: readonly string[]): void {
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), '')
  }
}

function find(): string[] {
  const files = findVarsFiles({
    host: 's1',
    groups: ['server', 'k3s_cluster'],
    sources: [join(folder, 'a/hosts.yml'), join(folder, 'b/hosts.yml')],
    playbookDir: join(folder, 'play'),
  })
  return files.map((file) => relative(folder, file))
}

test('files stand in the order in which they win', () => {
  write(
    'a/group_vars/all.yml',
    'b/group_vars/all.yml',
    'play/group_vars/all.yml',
    'a/group_vars/k3s_cluster.yml',
    'b/group_vars/server',
    'a/host_vars/s1.json',
    'play/host_vars/s1.yaml',
  )
  expect(find()).toEqual([
    'play/host_vars/s1.yaml',
    'a/host_vars/s1.json',
    'b/group_vars/server',
    'a/group_vars/k3s_cluster.yml',
    'play/group_vars/all.yml',
    'b/group_vars/all.yml',
    'a/group_vars/all.yml',
  ])
})

test('a folder in place of a file is read whole, the last file first', () => {
  write('a/group_vars/all/1.yml', 'a/group_vars/all/2/deep.yml', 'a/group_vars/all/.hidden.yml')
  expect(find()).toEqual(['a/group_vars/all/2/deep.yml', 'a/group_vars/all/1.yml'])
})

test('other hosts, other groups and missing folders give nothing', () => {
  write('a/host_vars/s2.yml', 'a/group_vars/web.yml', 'a/hosts.yml')
  expect(find()).toEqual([])
})
