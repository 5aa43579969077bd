import { afterEach, beforeEach, expect, test } from '@jest/globals'
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { currentProcess, formatProcess } from '../../../src/files/process-identity.js'
import { readFormer, replaceFile } from '../../../src/ansible-files/vault-files/replace-file.js'

const DOCUMENT = 'schema: 1\ncluster: "prod"\nattempt: "0123"\n'
/** The lock of a living process, this one, taken by somebody else in it. */
const MARK = `0123456789abcdef ${formatProcess(currentProcess())}`

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'k3s_vars-replace-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

test('a token document waits for the writer that has the lock of the store, and does not undo its work', async () => {
  const file = write('prod.yml', DOCUMENT)
  const lock = join(folder, '.prod.lock')
  const former = readFormer('prod.yml', file)
  symlinkSync(MARK, lock)
  const outcome = replaceFile(former, Buffer.from('ours'))
  setTimeout(() => {
    renameSync(write('other', 'theirs'), file)
    unlinkSync(lock)
  }, 100)
  await expect(outcome).rejects.toMatchObject({
    code: 'K3SV_VAULT_FILE',
    message: expect.stringContaining('something else changed it'),
  })
  expect(readFileSync(file, 'utf8')).toBe('theirs')
  expect(readdirSync(folder)).toEqual(['prod.yml'])
})

test.each([
  ['another file', 'all.yml', 'token: x\n'],
  ['a document under another name', 'copy.yml', DOCUMENT],
])('%s is replaced without a lock', async (_, name, text) => {
  const file = write(name, text)
  const lock = join(folder, `.${name.replace('.yml', '')}.lock`)
  symlinkSync(MARK, lock)
  await replaceFile(readFormer(name, file), Buffer.from('ours'))
  expect(readFileSync(file, 'utf8')).toBe('ours')
  expect(readdirSync(folder).sort()).toEqual([`.${name.replace('.yml', '')}.lock`, name])
})
