import { afterAll, afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import fs, {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { breakIfDead, withLock, withLockUnless } from '../../src/files/lock.js'
import { currentProcess, formatProcess } from '../../src/files/process-identity.js'

const ROOT = mkdtempSync(join(tmpdir(), 'k3s-vars-lock-'))
afterAll(() => rmSync(ROOT, { recursive: true, force: true }))

let folder: string
let stem: string
let lock: string
beforeEach(() => {
  folder = mkdtempSync(join(ROOT, 'x'))
  stem = join(folder, '.prod')
  lock = `${stem}.lock`
})

afterEach(() => {
  jest.restoreAllMocks()
})

const request = (patience: number) => ({ stem, patience })

const refusal = (code: string) => Object.assign(new Error(), { code })

/** A file system that does not know symbolic links. */
function haveNoLinks(): void {
  jest.spyOn(fs, 'symlinkSync').mockImplementation(() => {
    throw refusal('EPERM')
  })
}

const own = currentProcess()
const deadPid = Number(execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }))
const ID = '0123456789abcdef'
const OTHER_ID = 'fedcba9876543210'
const markOf = (changes: Partial<typeof own>, id = ID) =>
  `${id} ${formatProcess({ ...own, ...changes })}`
const DEAD = markOf({ pid: deadPid })

describe('withLock', () => {
  test('holds the lock during the action and gives its result', async () => {
    const result = await withLock(request(0), () => {
      expect(readlinkSync(lock)).toContain(` ${process.pid} `)
      return 7
    })
    expect(result).toBe(7)
    expect(readdirSync(folder)).toEqual([])
  })

  test('gives the lock back where the action fails', async () => {
    const failure = new Error('failed')
    await expect(
      withLock(request(0), () => {
        throw failure
      }),
    ).rejects.toBe(failure)
    expect(readdirSync(folder)).toEqual([])
  })

  test('leaves a lock alone that another took after people removed ours', async () => {
    await withLock(request(0), () => {
      unlinkSync(lock)
      symlinkSync(markOf({}), lock)
    })
    expect(readlinkSync(lock)).toBe(markOf({}))
  })

  test('waits for a holder that gives it back', async () => {
    symlinkSync(markOf({}), lock)
    setTimeout(() => unlinkSync(lock), 20)
    expect(await withLock(request(60_000), () => 'mine')).toBe('mine')
  })

  test.each<[string, string]>([
    ['a living process', markOf({})],
    ['a process of another machine', markOf({ pid: deadPid, host: 'elsewhere' })],
    ['a process before the machine started anew', markOf({ pid: deadPid, boot: 'former' })],
    ['a process of another container', markOf({ pid: deadPid, namespaces: 'pid:[1],time:[1]' })],
    ['a process of an unknown machine', markOf({ pid: deadPid, boot: '-' })],
    ['something that is not ours', 'user@host.123:456'],
    ['a dead process, if something stands before its mark', `x${DEAD}`],
    ['a dead process, if something stands behind its mark', `${DEAD}\nx`],
    ['a dead process with no more than its mark', ID],
  ])('never breaks the lock of %s', async (_what, mark) => {
    symlinkSync(mark, lock)
    await expect(withLock(request(0), () => 'mine')).rejects.toMatchObject({
      reason: 'locked',
      path: lock,
    })
    expect(readlinkSync(lock)).toBe(mark)
  })

  test('says that the machine has started anew since', async () => {
    symlinkSync(markOf({ pid: deadPid, boot: 'former' }), lock)
    await expect(withLock(request(0), () => 'mine')).rejects.toMatchObject({
      reason: 'locked',
      path: lock,
      holder: { pid: deadPid, boot: 'former', host: own.host },
      isBeforeRestart: true,
    })
  })

  test.each<[string, (mark: string) => string | null, number]>([
    ['an empty file, which is ours', () => '', 0],
    ['a part of our mark', (mark) => mark.slice(0, 9), 0],
    ['what another one wrote', (mark) => `${mark} x`, 1],
    ['no file', () => null, 0],
  ])(
    'leaves no half lock where the disk is full and there are no links: %s',
    async (_what, content, left) => {
      const { writeFileSync: write } = fs
      haveNoLinks()
      jest.spyOn(fs, 'writeFileSync').mockImplementation((file, mark) => {
        const part = content(mark as string)
        if (part !== null) write(file, part)
        throw refusal('ENOSPC')
      })
      await expect(withLock(request(0), () => 'mine')).rejects.toMatchObject({ code: 'ENOSPC' })
      expect(readdirSync(folder)).toHaveLength(left)
    },
  )

  test('is a file that only we can read where there are no links', async () => {
    haveNoLinks()
    await withLock(request(0), () => {
      expect(readFileSync(lock, 'latin1')).toContain(` ${process.pid} `)
      expect(lstatSync(lock).mode & 0o777).toBe(0o600)
    })
    expect(readdirSync(folder)).toEqual([])
  })

  test("never takes another's lock where there are no links", async () => {
    writeFileSync(lock, markOf({}))
    haveNoLinks()
    await expect(withLock(request(0), () => 'mine')).rejects.toMatchObject({
      reason: 'locked',
    })
    expect(readFileSync(lock, 'latin1')).toBe(markOf({}))
  })

  test('knows its own lock where a file server made it and says that it was there', async () => {
    const { symlinkSync: link } = fs
    jest.spyOn(fs, 'symlinkSync').mockImplementation((mark, file) => {
      link(mark, file)
      throw refusal('EEXIST')
    })
    expect(await withLock(request(0), () => 'mine')).toBe('mine')
    expect(readdirSync(folder)).toEqual([])
  })

  test("fails with the system's error where no lock can be made, and does nothing", async () => {
    jest.spyOn(fs, 'symlinkSync').mockImplementation(() => {
      throw refusal('EIO')
    })
    const action = jest.fn()
    await expect(withLock(request(60_000), action)).rejects.toMatchObject({ code: 'EIO' })
    expect(action).not.toHaveBeenCalled()
  })

  test.each<[string, string, () => void]>([
    ['a folder', 'foreign', () => mkdirSync(lock)],
    [
      'unreadable',
      'unavailable',
      () => {
        symlinkSync(DEAD, lock)
        jest.spyOn(fs, 'readlinkSync').mockImplementation(() => {
          throw refusal('EIO')
        })
      },
    ],
  ])('fails where the lock is %s: %s', async (_what, reason, prepare) => {
    prepare()
    await expect(withLock(request(60_000), () => 'mine')).rejects.toMatchObject({
      reason,
      path: lock,
    })
    expect(readdirSync(folder)).toEqual(['.prod.lock'])
  })

  test('takes a lock file that vanishes while it is looked at for none', async () => {
    writeFileSync(lock, markOf({}))
    const { readFileSync: read } = fs
    jest.spyOn(fs, 'readFileSync').mockImplementation((file, options) => {
      if (file === lock) rmSync(lock)
      return read(file, options)
    })
    expect(await withLock(request(60_000), () => 'mine')).toBe('mine')
  })

  test.each([
    ['is removed by others at the same time', 'ENOENT', 'mine'],
    ['cannot be given back', 'EIO', 'unavailable'],
  ])('a lock that %s (%s) ends with: %s', async (_what, code, expected) => {
    jest.spyOn(fs, 'unlinkSync').mockImplementation(() => {
      throw refusal(code)
    })
    const result = withLock(request(0), () => 'mine').catch((error: unknown) => error)
    expect(await result).toEqual(
      code === 'ENOENT'
        ? expected
        : expect.objectContaining({ reason: expected, errno: code, path: lock }),
    )
  })

  test('names the holder, where that can be told', async () => {
    symlinkSync(markOf({ host: 'elsewhere' }), lock)
    await expect(withLock(request(0), () => 'mine')).rejects.toMatchObject({
      holder: { pid: process.pid, host: 'elsewhere' },
      isBeforeRestart: false,
    })
    unlinkSync(lock)
    symlinkSync('x', lock)
    await expect(withLock(request(0), () => 'mine')).rejects.toMatchObject({
      holder: undefined,
      isBeforeRestart: false,
    })
  })

  test('never breaks a lock file that its maker did not come to fill', async () => {
    writeFileSync(lock, '')
    await expect(withLock(request(0), () => 'mine')).rejects.toMatchObject({
      reason: 'locked',
    })
  })

  test.each<[string, () => void]>([
    ['a dead process', () => symlinkSync(DEAD, lock)],
    ['a dead process on a file system without links', () => writeFileSync(lock, DEAD)],
    ['an earlier process of the same number', () => symlinkSync(markOf({ started: '1' }), lock)],
    [
      'a dead process that another died breaking',
      () => {
        symlinkSync(DEAD, lock)
        symlinkSync(markOf({ pid: deadPid }, OTHER_ID), `${stem}.${ID}.guard`)
      },
    ],
    [
      'a dead process that another died breaking, whose guard a third died breaking',
      () => {
        symlinkSync(DEAD, lock)
        symlinkSync(markOf({ pid: deadPid }, OTHER_ID), `${stem}.${ID}.guard`)
        symlinkSync(markOf({ pid: deadPid }, '00000000000000ff'), `${stem}.${OTHER_ID}.guard`)
      },
    ],
  ])('breaks the lock of %s', async (_what, prepare) => {
    prepare()
    expect(await withLock(request(60_000), () => 'mine')).toBe('mine')
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('withLockUnless', () => {
  test('waits no longer than the action is needed', async () => {
    symlinkSync(markOf({}), lock)
    let looks = 0
    expect(
      await withLockUnless(
        () => ++looks > 2,
        request(60_000),
        () => 'mine',
      ),
    ).toBeNull()
    expect(readlinkSync(lock)).toBe(markOf({}))
  })

  test('does what is needed', async () => {
    expect(
      await withLockUnless(
        () => false,
        request(0),
        () => 'mine',
      ),
    ).toBe('mine')
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('breakIfDead', () => {
  test('leaves the lock to a living breaker that has its guard', () => {
    symlinkSync(DEAD, lock)
    symlinkSync(markOf({}, OTHER_ID), `${stem}.${ID}.guard`)
    breakIfDead(stem, lock)
    expect(readdirSync(folder)).toHaveLength(2)
  })

  test('leaves a lock alone that was taken anew before its guard was there', () => {
    symlinkSync(DEAD, lock)
    const { symlinkSync: link } = fs
    jest.spyOn(fs, 'symlinkSync').mockImplementation((mark, file) => {
      unlinkSync(lock)
      link(markOf({}, OTHER_ID), lock)
      link(mark, file)
    })
    breakIfDead(stem, lock)
    expect(readdirSync(folder)).toEqual(['.prod.lock'])
    expect(readlinkSync(lock)).toBe(markOf({}, OTHER_ID))
  })

  test('does nothing where there is no lock', () => {
    breakIfDead(stem, lock)
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('a process', () => {
  const children: ChildProcess[] = []
  afterAll(() => children.forEach((child) => child.kill('SIGKILL')))

  test('that only waits to be reaped is dead', async () => {
    // The shell's child ends while the program that took the shell's place never asks for it.
    const child = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    children.push(child)
    const [chunk] = (await once(child.stdout, 'data')) as [Buffer]
    symlinkSync(markOf({ pid: Number(chunk.toString()), started: own.started }), lock)
    expect(await withLock(request(60_000), () => 'mine')).toBe('mine')
  })

  test('knows its host, and on Linux its boot, start and namespaces', () => {
    expect(own.host).toBe(hostname())
    if (process.platform === 'linux') expect(Object.values(own)).not.toContain('-')
  })
})
