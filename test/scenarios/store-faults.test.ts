// What goes wrong for real: full disks, folders that cannot be written, processes killed at each of their system calls.
import { afterAll, describe, expect, jest, test } from '@jest/globals'
import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseDocument } from '../../src/store/document-text.js'
import { createFileStore } from '../../src/store/file-store.js'
import { adoptTokens } from '../../src/store/transitions.js'
import { ensureDocument, updateDocument } from '../../src/store/update.js'
import { attempt, first, LATER, tokens } from '../store/samples.js'
import type { Answer, Command } from '../store/worker.js'
import { buildWorker, runOnce, textOf, WorkerProcess } from '../store/worker-process.js'

jest.setTimeout(300_000)

const ROOT = mkdtempSync(join(tmpdir(), 'k3s-vars-faults-'))
chmodSync(ROOT, 0o755)
const program = buildWorker(ROOT)
afterAll(() => rmSync(ROOT, { recursive: true, force: true }))

const NOBODY = 65534
const isRoot = process.geteuid!() === 0
/** Root may write everywhere, so as root the worker runs as somebody else. */
const asOrdinaryUser = isRoot
  ? ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups']
  : []

const works = (command: string, ...args: string[]) => spawnSync(command, args).status === 0
const withMounts = works('unshare', '-rm', 'mount', '-t', 'tmpfs', 'tmpfs', ROOT) ? test : test.skip
const withTrace = works('strace', '-f', '-o', '/dev/null', 'true') ? test : test.skip

let count = 0
function newFolder(): string {
  const parent = join(ROOT, String(++count))
  mkdirSync(parent)
  return join(parent, 'k3s_tokens')
}

async function filled(): Promise<string> {
  const folder = newFolder()
  await createFileStore(folder).createIfAbsent(first('prod', 1))
  return folder
}

function generationOf(folder: string): number {
  const file = join(folder, 'prod.yml')
  return parseDocument(readFileSync(file, 'utf8'), { cluster: 'prod', file }).generation
}

describe('a folder that an ordinary user', () => {
  function own(folder: string, mode: number): void {
    if (isRoot) execFileSync('chown', ['-R', `${NOBODY}:${NOBODY}`, folder])
    chmodSync(folder, mode)
  }

  test.each<[string, string, Command['operation'], string]>([
    ['cannot write', '0500', 'adopt', 'K3SV_STORE_READ_ONLY'],
    ['cannot enter', '0600', 'get', 'K3SV_STORE_UNAVAILABLE'],
    ['cannot enter', '0600', 'ensure', 'K3SV_STORE_UNAVAILABLE'],
    ['cannot enter', '0600', 'adopt', 'K3SV_STORE_UNAVAILABLE'],
  ])('%s (mode %s): %s is %s', async (_what, mode, operation, code) => {
    const folder = await filled()
    own(folder, Number.parseInt(mode, 8))
    expect(await runOnce(program, { operation, folder, number: 2 }, asOrdinaryUser)).toMatchObject({
      code,
    })
    chmodSync(folder, 0o700)
    expect(readdirSync(folder)).toEqual(['prod.yml'])
    expect(generationOf(folder)).toBe(1)
  })

  test('cannot write takes no first document', async () => {
    const folder = newFolder()
    mkdirSync(folder)
    own(folder, 0o500)
    const answer = await runOnce(
      program,
      { operation: 'ensure', folder, number: 2 },
      asOrdinaryUser,
    )
    expect(answer).toMatchObject({ code: 'K3SV_STORE_READ_ONLY', file: join(folder, 'prod.yml') })
  })

  test('cannot make takes no first document', async () => {
    const folder = newFolder()
    const parent = join(folder, '..')
    if (isRoot) chownSync(parent, NOBODY, NOBODY)
    chmodSync(parent, 0o500)
    const answer = await runOnce(
      program,
      { operation: 'ensure', folder, number: 2 },
      asOrdinaryUser,
    )
    expect(answer).toMatchObject({ code: 'K3SV_STORE_READ_ONLY', file: folder })
  })

  test('cannot look beside is not taken for one that was never made', async () => {
    const folder = newFolder()
    const parent = join(folder, '..')
    if (isRoot) chownSync(parent, NOBODY, NOBODY)
    chmodSync(parent, 0o300)
    const answer = await runOnce(
      program,
      { operation: 'ensure', folder, number: 2 },
      asOrdinaryUser,
    )
    expect(answer).toMatchObject({ code: 'K3SV_STORE_UNAVAILABLE' })
  })
})

describe('a disk', () => {
  /** Runs a shell script in a name space of its own, with a small empty disk mounted where `$disk` says. */
  function onDisk(script: string): string[] {
    const disk = join(ROOT, `disk-${++count}`)
    mkdirSync(disk)
    const env = { ...process.env, disk, node: process.execPath, program }
    const mounted = `mount -t tmpfs -o size=16k,mode=755 tmpfs "$disk" && ${script}`
    return execFileSync('unshare', ['-rm', 'sh', '-c', mounted], {
      encoding: 'utf8',
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .split('\n')
      .filter((line) => line !== '' && line !== 'ready')
  }
  const command = (operation: string, folder: string) =>
    `echo '{"operation":"${operation}","number":2,"folder":"'"$disk"'/${folder}"}' | "$node" "$program"`
  const FILL = '{ head -c 1000000 /dev/zero > "$disk/fill" || true; }'

  withMounts('that is full keeps the former document', () => {
    const [created, before, refused, listed, after] = onDisk(
      `${command('ensure', 'k')}; cksum < "$disk/k/prod.yml"; ${FILL}; ${command('adopt', 'k')}; ls -Am "$disk/k"; cksum < "$disk/k/prod.yml"`,
    )
    expect(textOf(JSON.parse(created!) as Answer)).not.toBeNull()
    expect(JSON.parse(refused!)).toMatchObject({ code: 'K3SV_STORE_FULL' })
    expect(listed).toBe('prod.yml')
    expect(after).toBe(before)
  })

  withMounts('that is full takes no first document, and half of one neither', () => {
    const [refused, listed] = onDisk(
      `mkdir "$disk/k"; ${FILL}; ${command('ensure', 'k')}; ls -Am "$disk/k"`,
    )
    expect(JSON.parse(refused!)).toMatchObject({ code: 'K3SV_STORE_FULL' })
    expect(listed).toBeUndefined()
  })

  withMounts('that is mounted read-only can be read and not written', () => {
    const [, read, refused, absent, listed] = onDisk(
      `${command('ensure', 'k')}; mkdir "$disk/new"; mount -o remount,ro "$disk"; ${command('ensure', 'k')}; ${command('adopt', 'k')}; ${command('ensure', 'new')}; ls -Am "$disk/k"`,
    )
    expect(JSON.parse(read!)).toMatchObject({ minted: false })
    expect(JSON.parse(refused!)).toMatchObject({ code: 'K3SV_STORE_READ_ONLY' })
    expect(JSON.parse(absent!)).toMatchObject({ code: 'K3SV_STORE_READ_ONLY' })
    expect(listed).toBe('prod.yml')
  })
})

/** The system calls, as Node makes them on several machines and C libraries, that a write consists of. */
const CALLS =
  'mkdir,openat,write,pwrite64,fsync,fchmod,fchown,link,linkat,rename,unlink,symlink,symlinkat,readlink,close,getdents64,statx'
    .split(',')
    .map((name) => `?${name}`)
    .join(',')

describe('a process that is killed', () => {
  /** After any death: the old document or the new one, and the next write leaves nothing of it behind. */
  async function expectWhole(folder: string): Promise<{ attempt: string; generation: number }> {
    const store = createFileStore(folder)
    const mint = () => Promise.resolve(first('prod', 1))
    const { document } = await ensureDocument(store, 'prod', mint)
    const mark = { attempt: attempt(2), now: LATER }
    const next = await updateDocument(store, 'prod', (found) =>
      adoptTokens(found, tokens('next'), mark),
    )
    expect(next.generation).toBe(document.generation + 1)
    expect((await store.get('prod'))?.document).toEqual(next)
    expect(readdirSync(folder)).toEqual(['prod.yml'])
    return document
  }

  test('at random moments of its writing leaves a whole document', async () => {
    for (let round = 0; round < 25; round++) {
      const folder = await filled()
      const worker = await new WorkerProcess(program).start()
      void worker.ask({ operation: 'adopt', folder, number: 2, times: 500 })
      await new Promise((resolve) => setTimeout(resolve, round * 4))
      await worker.stop('SIGKILL')
      await expectWhole(folder)
    }
  })

  /** Each system call of the command that touches the folder, as strace's name and how many of the name came before. */
  async function callsOf(command: Command): Promise<[string, number][]> {
    const log = join(ROOT, `trace-${++count}`)
    await runOnce(program, command, ['strace', '-f', '-o', log, '-e', `trace=${CALLS}`])
    const lines = readFileSync(log, 'utf8').split('\n')
    const main = lines[0]!.split(' ')[0]!
    const counts = new Map<string, number>()
    const calls = lines
      .filter((line) => line.startsWith(`${main} `))
      .map((line) => ({ line, name: /^\d+ +(\w+)\(/.exec(line)?.[1] }))
      .filter((call): call is { line: string; name: string } => call.name !== undefined)
      .map(({ line, name }) => {
        counts.set(name, (counts.get(name) ?? 0) + 1)
        return { line, name, number: counts.get(name)! }
      })
    const touches = calls.map(({ line }) => line.includes(command.folder))
    return calls
      .slice(touches.indexOf(true), touches.lastIndexOf(true) + 1)
      .map(({ name, number }) => [name, number])
  }

  withTrace.each<[string, Command['operation'], () => string | Promise<string>]>([
    ['minting', 'ensure', newFolder],
    ['replacing', 'adopt', filled],
  ])('at each system call of %s leaves a whole document', async (_what, operation, make) => {
    const calls = await callsOf({ operation, folder: await make(), number: 2 })
    expect(calls.length).toBeGreaterThan(8)
    const left = new Set<boolean>()
    for (const [name, number] of calls) {
      const folder = await make()
      const answer = await runOnce(program, { operation, folder, number: 2 }, [
        ...['strace', '-f', '-o', '/dev/null', '-e', `trace=${CALLS}`],
        ...['-e', `inject=${name}:signal=SIGKILL:when=${number}`],
      ])
      expect(answer).toBeNull()
      left.add((await expectWhole(folder)).attempt === attempt(1))
    }
    expect(left).toEqual(new Set([true, false]))
  })
})

describe('a system call that fails', () => {
  const failing = (...injections: string[]) => [
    ...['strace', '-f', '-o', '/dev/null', '-e', `trace=${CALLS}`],
    ...injections.flatMap((injection) => ['-e', `inject=${injection}`]),
  ]

  const FULL = 'K3SV_STORE_FULL'
  const UNAVAILABLE = 'K3SV_STORE_UNAVAILABLE'

  withTrace.each([
    {
      what: 'the flush of a first document',
      injection: 'fsync:error=EIO:when=2',
      code: UNAVAILABLE,
    },
    { what: 'linking, for the quota', injection: '?link,?linkat:error=EDQUOT', code: FULL },
  ])('in $what ($injection) fails with $code and leaves nothing', async ({ injection, code }) => {
    const folder = newFolder()
    const command = { operation: 'ensure', folder, number: 2 } as const
    expect(await runOnce(program, command, failing(injection))).toMatchObject({ code })
    expect(readdirSync(folder)).toEqual([])
  })

  withTrace.each([
    {
      what: 'the flush of a later document',
      injection: 'fsync:error=EIO:when=1',
      code: UNAVAILABLE,
    },
    {
      what: 'the flush for want of room, as on NFS',
      injection: 'fsync:error=ENOSPC:when=1',
      code: FULL,
    },
    { what: 'renaming, for the quota', injection: '?rename:error=EDQUOT', code: FULL },
  ])(
    'in $what ($injection) fails with $code and leaves what was there',
    async ({ injection, code }) => {
      const folder = await filled()
      const command = { operation: 'adopt', folder, number: 2 } as const
      expect(await runOnce(program, command, failing(injection))).toMatchObject({ code })
      expect(readdirSync(folder)).toEqual(['prod.yml'])
      expect(generationOf(folder)).toBe(1)
    },
  )

  withTrace.each<[string, string, Command['operation'], number]>([
    ['the flush of the folder after creating', 'fsync:error=EIO:when=3', 'ensure', 1],
    ['the flush of the folder after replacing', 'fsync:error=EIO:when=2', 'adopt', 2],
    [
      'the flush of folders, where they cannot be flushed',
      'fsync:error=EINVAL:when=3',
      'ensure',
      1,
    ],
  ])(
    'in %s (%s) leaves our write to be found by its attempt',
    async (_what, injection, operation, generation) => {
      const folder = operation === 'ensure' ? newFolder() : await filled()
      const answer = await runOnce(program, { operation, folder, number: 2 }, failing(injection))
      expect(textOf(answer)).not.toBeNull()
      expect(generationOf(folder)).toBe(generation)
      expect(readdirSync(folder)).toEqual(['prod.yml'])
    },
  )

  withTrace.each([
    ['hard links', ['?link,?linkat:error=EPERM']],
    ['any links', ['?link,?linkat:error=EPERM', '?symlink,?symlinkat:error=EPERM']],
    [
      'any links, and says so otherwise',
      ['?link,?linkat:error=EOPNOTSUPP', '?symlink,?symlinkat:error=ENOSYS'],
    ],
  ])(
    'for want of %s still lets one of many mint, and replacing works',
    async (_what, injections) => {
      const folder = newFolder()
      const workers = await Promise.all(
        Array.from({ length: 6 }, () => new WorkerProcess(program, failing(...injections)).start()),
      )
      const ask = (command: Pick<Command, 'operation' | 'times'>) =>
        Promise.all(
          workers.map((worker, index) =>
            worker.ask({ ...command, folder, number: index + 1, patience: 60_000 }),
          ),
        )
      const minted = await ask({ operation: 'ensure' })
      expect(minted.filter((answer) => answer && 'minted' in answer && answer.minted)).toHaveLength(
        1,
      )
      expect(new Set(minted.map(textOf)).size).toBe(1)
      expect((await ask({ operation: 'adopt', times: 2 })).map(textOf)).not.toContain(null)
      await Promise.all(workers.map((worker) => worker.stop()))
      expect(generationOf(folder)).toBe(13)
      expect(readdirSync(folder)).toEqual(['prod.yml'])
    },
  )
})
