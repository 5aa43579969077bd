import { afterEach, describe, expect, jest, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import * as identity from '../../src/files/process-identity.js'
import type { ProcessIdentity } from '../../src/files/process-identity.js'

const { currentProcess, formatProcess, isBeforeRestart, isProvablyDead, parseProcess } = identity
const own = currentProcess()
const onLinux = process.platform === 'linux' ? test : test.skip
const deadPid = Number(execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }))
const DEAD = { ...own, pid: deadPid }

afterEach(() => {
  jest.restoreAllMocks()
})

/** The module as a process has it to which the system tells other things. */
function elsewhere(prepare: () => void): typeof identity {
  let fresh: typeof identity | undefined
  jest.isolateModules(() => {
    prepare()
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- isolateModules is synchronous
    fresh = require('../../src/files/process-identity') as typeof identity
    fresh.currentProcess()
  })
  return fresh!
}

const refusal = (): never => {
  throw Object.assign(new Error(), { code: 'EACCES' })
}

/** Has `/proc` answer for a path as told, and otherwise as it does. */
function proc(path: string, answer: () => string): void {
  const { readFileSync, readlinkSync } = fs
  jest
    .spyOn(fs, 'readFileSync')
    .mockImplementation((file, options) => (file === path ? answer() : readFileSync(file, options)))
  jest
    .spyOn(fs, 'readlinkSync')
    .mockImplementation((file) => (file === path ? answer() : readlinkSync(file)))
}

describe('the text of a process', () => {
  const SAMPLE: ProcessIdentity = {
    pid: 42,
    started: '-',
    boot: '0f-1e',
    namespaces: 'pid:[1],time:[2]',
    host: 'node-1.lan_2',
  }

  test('is read as the process that it was written for', () => {
    for (const one of [SAMPLE, own]) expect(parseProcess(formatProcess(one))).toEqual(one)
    expect(formatProcess(SAMPLE)).toBe('42 - 0f-1e pid:[1],time:[2] node-1.lan_2')
  })

  test.each([
    ['nothing', ''],
    ['a number below 1', '0 - b n h'],
    ['a number with a leading zero', '01 - b n h'],
    ['a number with a sign', '-1 - b n h'],
    ['a number of eleven digits', '12345678901 - b n h'],
    ['a field too few', '42 b n h'],
    ['a field too many', '42 - b n h x'],
    ['a host of other characters', '42 - b n a/b'],
    ['something before it', 'x 42 - b n h'],
    ['a line after it', '42 - b n h\n'],
  ])('is not %s', (_what, text) => {
    expect(parseProcess(text)).toBeNull()
  })
})

describe('who we are', () => {
  test('is looked up once', () => {
    expect(currentProcess()).toBe(own)
  })

  test.each([
    ['b\u00fcro pc/1', 'b_ro_pc_1'],
    ['node-1.lan', 'node-1.lan'],
    ['', '-'],
  ])('on the host %j has the name %j', (name, expected) => {
    const fresh = elsewhere(() => jest.spyOn(os, 'hostname').mockReturnValue(name))
    expect(fresh.currentProcess().host).toBe(expected)
  })

  onLinux('is known by what the kernel says', () => {
    const stat = fs.readFileSync('/proc/self/stat', 'latin1')
    expect(own).toEqual({
      pid: process.pid,
      started: stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19],
      boot: fs.readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim(),
      namespaces: ['pid', 'time'].map((kind) => fs.readlinkSync(`/proc/self/ns/${kind}`)).join(),
      host: expect.any(String),
    })
  })

  test('is not asked of a /proc of another namespace, where our number is somebody else', () => {
    const fresh = elsewhere(() => proc('/proc/self', () => '1'))
    expect(fresh.currentProcess()).toMatchObject({ started: '-', namespaces: '-' })
    expect(fresh.isProvablyDead({ ...DEAD, namespaces: '-' })).toBe(false)
  })
})

describe('a process is provably dead', () => {
  test.each<[string, ProcessIdentity, boolean]>([
    ['that ended', DEAD, true],
    ['whose number another one has now', { ...own, started: '1' }, true],
    ['that is ourselves', own, false],
    ['that did not know its start', { ...own, started: '-' }, false],
    ['of another machine', { ...DEAD, host: 'elsewhere' }, false],
    ['of another container', { ...DEAD, namespaces: 'pid:[1],time:[1]' }, false],
    ['before the machine started anew', { ...DEAD, boot: 'former' }, false],
  ])('%s', (_what, other, expected) => {
    expect(isProvablyDead(other)).toBe(expected)
  })

  test('nowhere where the start of the machine is not known', () => {
    const fresh = elsewhere(() => proc('/proc/sys/kernel/random/boot_id', refusal))
    expect(fresh.currentProcess().boot).toBe('-')
    expect(fresh.isProvablyDead({ ...DEAD, boot: '-' })).toBe(false)
  })

  test('unless the start of the one that has its number now is not told', () => {
    proc(`/proc/${process.pid}/stat`, refusal)
    expect(isProvablyDead({ ...own, started: '1' })).toBe(false)
  })

  test('unless we may not ask', () => {
    jest.spyOn(process, 'kill').mockImplementation(() => {
      throw Object.assign(new Error(), { code: 'EPERM' })
    })
    expect(isProvablyDead(DEAD)).toBe(false)
  })

  test.each([
    ['Z', true],
    ['X', true],
    ['S', false],
    ['R', false],
  ])('in the state %s, whatever its name: %s', (state, expected) => {
    const fields = [state, ...Array.from({ length: 18 }, () => '7'), own.started, '7']
    proc(`/proc/${process.pid}/stat`, () => `${process.pid} (S) 1 (Z x) ${fields.join(' ')}\n`)
    expect(isProvablyDead(own)).toBe(expected)
    expect(identity.isRunning(process.pid)).toBe(!expected)
  })

  test.each(['-5', '5x', 'x5', ''])('not by the start %j, which is none', (started) => {
    const fields = ['S', ...Array.from({ length: 18 }, () => '7'), started]
    proc(`/proc/${process.pid}/stat`, () => `${process.pid} (node) ${fields.join(' ')}`)
    expect(isProvablyDead(own)).toBe(false)
  })
})

describe('a process ran before the machine was last started', () => {
  test.each<[string, Partial<ProcessIdentity>, boolean]>([
    ['on a machine of our name', { boot: 'former' }, true],
    ['not if it is of this time', {}, false],
    ['not on another machine', { boot: 'former', host: 'elsewhere' }, false],
    ['not where it did not know', { boot: '-' }, false],
  ])('%s', (_what, changes, expected) => {
    expect(isBeforeRestart({ ...DEAD, ...changes })).toBe(expected)
  })

  test('not where we do not know', () => {
    const bootless = elsewhere(() => proc('/proc/sys/kernel/random/boot_id', refusal))
    expect(bootless.isBeforeRestart({ ...DEAD, boot: 'former' })).toBe(false)
    jest.restoreAllMocks()
    const nameless = elsewhere(() => jest.spyOn(os, 'hostname').mockReturnValue(''))
    expect(nameless.isBeforeRestart({ ...DEAD, boot: 'former', host: '-' })).toBe(false)
  })
})
