import { afterAll, describe, expect, test } from '@jest/globals'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isFile, isFolder, lstatIfThere, statIfThere } from '../../src/files/look.js'

const ROOT = mkdtempSync(join(tmpdir(), 'k3s-vars-look-'))
afterAll(() => rmSync(ROOT, { recursive: true, force: true }))

writeFileSync(join(ROOT, 'file'), '')
symlinkSync('nowhere', join(ROOT, 'dangling'))
symlinkSync('circle', join(ROOT, 'circle'))

describe('there is', () => {
  test.each<[string, string, 'file' | 'folder' | 'nothing', 'link' | 'entry' | 'nothing']>([
    ['a file', 'file', 'file', 'entry'],
    ['a folder', '.', 'folder', 'entry'],
    ['nothing', 'missing', 'nothing', 'nothing'],
    ['nothing in nothing', 'missing/file', 'nothing', 'nothing'],
    ['nothing in a file', 'file/file', 'nothing', 'nothing'],
    ['nothing of a name too long', 'n'.repeat(256), 'nothing', 'nothing'],
    ['nothing at the end of a path too long', `${'n/'.repeat(3000)}n`, 'nothing', 'nothing'],
    ['a link that points nowhere', 'dangling', 'nothing', 'link'],
  ])('%s at %.20s', (_what, name, followed, itself) => {
    const path = join(ROOT, name)
    const stats = statIfThere(path)
    expect(stats === undefined ? 'nothing' : stats.isFile() ? 'file' : 'folder').toBe(followed)
    const entry = lstatIfThere(path)
    expect(entry === undefined ? 'nothing' : entry.isSymbolicLink() ? 'link' : 'entry').toBe(itself)
    expect([isFile(path), isFolder(path)]).toEqual([followed === 'file', followed === 'folder'])
  })
})

test('what cannot be told is an error, and seen as nothing', () => {
  const path = join(ROOT, 'circle/file')
  const fault = expect.objectContaining({ name: 'FileError', errno: 'ELOOP', path })
  expect(() => statIfThere(path)).toThrow(fault)
  expect(() => lstatIfThere(path)).toThrow(fault)
  expect([isFile(path), isFolder(path)]).toEqual([false, false])
})
