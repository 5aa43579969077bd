import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import fs, {
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
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

test('a token document stays as it is where its lock is not given back in time', async () => {
  const file = write('prod.yml', DOCUMENT)
  symlinkSync(MARK, join(folder, '.prod.lock'))
  await expect(
    replaceFile(readFormer('prod.yml', file), Buffer.from('ours'), { patience: 50 }),
  ).rejects.toMatchObject({
    code: 'K3SV_VAULT_FILE',
    message: 'the file is left as it is: another process is writing this token document',
    location: { file: 'prod.yml' },
  })
  expect(readFileSync(file, 'utf8')).toBe(DOCUMENT)
})

describe('a file is left as it is, and the error says why:', () => {
  const refuse = (code: string) => (): never => {
    throw Object.assign(new Error(`${code}: canary`), { code })
  }
  afterEach(() => {
    jest.restoreAllMocks()
  })

  test.each<[string, () => unknown, string]>([
    ['is a folder', () => readFormer('x', folder), 'it is not a regular file'],
    ['is missing', () => readFormer('x', join(folder, 'no')), 'it cannot be read (ENOENT)'],
    [
      'lies in a file',
      () => readFormer('x', join(write('f', ''), 'x')),
      'it cannot be read (ENOTDIR)',
    ],
    [
      'is larger than a text can be',
      () => {
        const file = write('f', '')
        truncateSync(file, 512 * 1024 * 1024)
        return readFormer('x', file)
      },
      'it is larger than 511 MiB',
    ],
    [
      'may not be read',
      () => {
        const file = write('f', '')
        jest.spyOn(fs, 'openSync').mockImplementation(refuse('EACCES'))
        return readFormer('x', file)
      },
      'it cannot be read (EACCES)',
    ],
  ])('one that %s', (_what, action, reason) => {
    expect(action).toThrow(
      expect.objectContaining({
        code: 'K3SV_VAULT_FILE',
        message: `the file is left as it is: ${reason}`,
        location: { file: 'x' },
      }),
    )
  })

  test.each([
    ['ENOSPC', 'the disk or the quota is full'],
    [
      'EACCES',
      'it cannot be replaced: its folder is not yours to write, or its owner is another user',
    ],
    [
      'EROFS',
      'it cannot be replaced: its folder is not yours to write, or its owner is another user',
    ],
    ['EIO', 'it cannot be replaced (EIO)'],
  ])('one that cannot be renamed (%s)', async (errno, reason) => {
    const former = readFormer('all.yml', write('all.yml', 'token: x\n'))
    jest.spyOn(fs, 'renameSync').mockImplementation(refuse(errno))
    await expect(replaceFile(former, Buffer.from('ours'))).rejects.toMatchObject({
      code: 'K3SV_VAULT_FILE',
      message: `the file is left as it is: ${reason}`,
    })
    expect(readFileSync(former.path, 'utf8')).toBe('token: x\n')
    expect(readdirSync(folder)).toEqual(['all.yml'])
  })
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
