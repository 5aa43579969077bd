import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readTokenFile, readTokenInput, readTokenVariable } from '../../src/cli/secret-input.js'
import { writeSecretDescriptor, writeSecretFile } from '../../src/cli/secret-output.js'
import type { Io } from '../../src/cli/io.js'
import { Secret } from '../../src/secret.js'
import { environmentIn } from '../support/environment.js'

const CANARY = 'canary8f3a'

let folder: string
let io: Io
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'k3s_vars-test-'))
  io = {
    stdin: new PassThrough(),
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    environment: environmentIn(folder, { HOME: folder }),
    launcher: undefined,
    now: () => new Date(0),
    randomBytes,
  }
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function codeOf(action: () => unknown): string {
  try {
    action()
    return 'nothing thrown'
  } catch (error) {
    expect(JSON.stringify(error)).not.toContain(CANARY)
    expect((error as Error).message).not.toContain(CANARY)
    return (error as { code: string }).code
  }
}

describe('a token that is read', () => {
  test.each([
    ['token', 'token', false],
    ['token\n', 'token', true],
    ['token\r\n', 'token', true],
    ['token\n\n', 'token\n', true],
    [' token ', ' token ', false],
    ['', '', false],
  ])('from %j is %j', (content, text, isTrimmed) => {
    writeFileSync(join(folder, 'file'), content)
    const read = readTokenFile('file', '--file', io)
    expect([read.text.reveal(), read.isTrimmed]).toEqual([text, isTrimmed])
  })

  test('from a stream is all of it', async () => {
    const read = await readTokenInput(
      { ...io, stdin: Readable.from(['to', Buffer.from('ken\n')]) },
      'the token',
    )
    expect([read.text.reveal(), read.isTrimmed]).toEqual(['token', true])
  })

  test('from a variable is as it is', () => {
    const environment = environmentIn(folder, { K3S_TOKEN: 'token\n' })
    const read = readTokenVariable('K3S_TOKEN', { ...io, environment })
    expect(read?.text.reveal()).toBe('token\n')
    expect(readTokenVariable('K3S_AGENT_TOKEN', io)).toBeUndefined()
  })

  test.each<[string, () => unknown]>([
    ['from a file that is not there', () => readTokenFile(CANARY, '--file', io)],
    ['from a name too long for a file', () => readTokenFile(CANARY.repeat(100), '--file', io)],
    ['from a folder', () => readTokenFile('.', '--file', io)],
    [
      'that is no UTF-8',
      () => {
        writeFileSync(join(folder, 'bytes'), Buffer.from([0xff, 0xfe]))
        return readTokenFile('bytes', '--file', io)
      },
    ],
    [
      'that is too long',
      () => {
        writeFileSync(join(folder, 'long'), CANARY.repeat(10_000))
        return readTokenFile('long', '--file', io)
      },
    ],
    [
      'from an empty variable',
      () =>
        readTokenVariable('K3S_TOKEN', {
          ...io,
          environment: environmentIn(folder, { K3S_TOKEN: '' }),
        }),
    ],
  ])('%s is refused', (_case, action) => {
    expect(codeOf(action)).toBe('K3SV_TOKEN_SOURCE')
  })

  test('from a terminal, which would show it, is refused', async () => {
    const terminal = Object.assign(new PassThrough(), { isTTY: true })
    await expect(readTokenInput({ ...io, stdin: terminal }, 'the token')).rejects.toMatchObject({
      code: 'K3SV_TOKEN_SOURCE',
    })
  })

  test('from an endless stream is refused', async () => {
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(10_000, 'x')
      })(),
    )
    await expect(readTokenInput({ ...io, stdin: endless }, 'the token')).rejects.toMatchObject({
      code: 'K3SV_TOKEN_SOURCE',
    })
  })
})

describe('a secret that is written', () => {
  const secret = new Secret(CANARY)
  const isOurs = (text: string): boolean => text.startsWith('ours')

  test('is in a file of mode 0600, whatever the umask, and nothing else is left', () => {
    const umask = process.umask(0)
    try {
      writeSecretFile('file', secret, io)
    } finally {
      process.umask(umask)
    }
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe(CANARY)
    expect(statSync(join(folder, 'file')).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['file'])
  })

  test('replaces a private file of ours', () => {
    writeFileSync(join(folder, 'file'), 'ours', { mode: 0o600 })
    writeSecretFile('file', secret, io, { isOurs })
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe(CANARY)
  })

  test.each<[string, () => void]>([
    [
      'a file of somebody else',
      () => writeFileSync(join(folder, 'file'), 'theirs', { mode: 0o600 }),
    ],
    [
      'a file of ours that others can read',
      () => {
        writeFileSync(join(folder, 'file'), 'ours')
        chmodSync(join(folder, 'file'), 0o644)
      },
    ],
    [
      'a link to a file of ours',
      () => {
        writeFileSync(join(folder, 'target'), 'ours', { mode: 0o600 })
        symlinkSync('target', join(folder, 'file'))
      },
    ],
    ['a link to nowhere', () => symlinkSync('nowhere', join(folder, 'file'))],
  ])('does not replace %s', (_case, prepare) => {
    prepare()
    const before = readdirSync(folder)
    expect(codeOf(() => writeSecretFile('file', secret, io, { isOurs }))).toBe('K3SV_USAGE_OUTPUT')
    expect(readdirSync(folder)).toEqual(before)
    expect(existsSync(join(folder, 'nowhere'))).toBe(false)
  })

  test.each([
    ['a folder that is not there', () => writeSecretFile('no/file', secret, io)],
    ['standard output', () => writeSecretDescriptor('1', secret)],
    ['no number', () => writeSecretDescriptor(CANARY, secret)],
    ['a descriptor that is not open', () => writeSecretDescriptor('987', secret)],
  ])('to %s is refused', (_case, action) => {
    expect(codeOf(action)).toBe('K3SV_USAGE_OUTPUT')
  })
})
