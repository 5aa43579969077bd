// What the system rarely does, so that it has to be made to: each fault stands in for the one call that would fail.
import { afterAll, afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import fs, {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { renderDocument } from '../../../src/document/text.js'
import { createFileStore } from '../../../src/store/file/file-store.js'
import { currentProcess, formatProcess } from '../../../src/files/process-identity.js'
import type { ClusterDocument } from '../../../src/document/document.js'
import type { TokenStore, WriteOutcome } from '../../../src/store/store.js'
import { replaceTokens } from '../../../src/document/transitions.js'
import { writeId, first, LATER, plainTokens, tokens } from '../samples.js'

const ROOT = mkdtempSync(join(tmpdir(), 'k3s-vars-faults-'))
const asRoot = process.geteuid!() === 0 ? test : test.skip
const own = currentProcess()
const deadPid = Number(execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }))

let folder: string
let file: string
let store: TokenStore
beforeEach(() => {
  folder = join(mkdtempSync(join(ROOT, 'x')), 'k3s_tokens')
  file = join(folder, 'prod.yml')
  store = createFileStore(folder)
})
afterEach(() => {
  jest.restoreAllMocks()
})
afterAll(() => rmSync(ROOT, { recursive: true, force: true }))

const refusal = (code: string) => Object.assign(new Error(`${code}: canary`), { code })
const refuse = (code: string) => (): never => {
  throw refusal(code)
}

/** Puts a document there, older than what a system may still hold back from the disk. */
function fill(document: ClusterDocument = first()): void {
  mkdirSync(folder, { mode: 0o700 })
  writeFileSync(file, renderDocument(document), { mode: 0o600 })
  utimesSync(file, LATER, new Date(Date.now() - 3_600_000))
}

function next(holding = tokens('next')): ClusterDocument {
  return replaceTokens(first(), holding, { writeId: writeId(2), now: LATER })
}

async function replace(document = next()): Promise<WriteOutcome> {
  return store.replace((await store.get('prod'))!.version, document)
}

describe('where the file system has no hard links', () => {
  test('the first document is renamed into place', async () => {
    jest.spyOn(fs, 'linkSync').mockImplementation(refuse('EPERM'))
    expect((await store.createIfAbsent(first())).won).toBe(true)
    expect(readdirSync(folder)).toEqual(['prod.yml'])
    expect((await store.get('prod'))?.document).toEqual(first())
  })

  test('a document that came while the lock was taken is never renamed over', async () => {
    const winner = first('prod', 7, tokens('winner'))
    const { symlinkSync: link } = fs
    jest.spyOn(fs, 'linkSync').mockImplementation(refuse('EPERM'))
    jest.spyOn(fs, 'symlinkSync').mockImplementation((mark, lock) => {
      writeFileSync(file, renderDocument(winner), { mode: 0o600 })
      link(mark, lock)
    })
    expect(await store.createIfAbsent(first())).toMatchObject({ won: false, document: winner })
    expect(readFileSync(file, 'utf8')).toBe(renderDocument(winner))
  })
})

describe('creating', () => {
  test('loses to a document that came just before the link', async () => {
    const winner = first('prod', 7, tokens('winner'))
    const { linkSync: link } = fs
    jest.spyOn(fs, 'linkSync').mockImplementation((from, to) => {
      writeFileSync(file, renderDocument(winner), { mode: 0o600 })
      link(from, to)
    })
    expect(await store.createIfAbsent(first())).toMatchObject({ won: false, document: winner })
    expect(readdirSync(folder)).toEqual(['prod.yml'])
  })

  test('does not wait for a lock where there is a document already', async () => {
    fill()
    const mark = `0123456789abcdef ${formatProcess(own)}`
    symlinkSync(mark, join(folder, '.prod.lock'))
    store = createFileStore(folder, { patience: 60_000 })
    expect(await store.createIfAbsent(first('prod', 2))).toMatchObject({
      won: false,
      document: first(),
    })
  })

  test.each<[string, string, () => unknown]>([
    ['the parent is missing', 'UNAVAILABLE', () => rmSync(dirname(folder), { recursive: true })],
    [
      'the folder cannot be made',
      'READ_ONLY',
      () => jest.spyOn(fs, 'mkdirSync').mockImplementation(refuse('EROFS')),
    ],
    [
      'the folder cannot be opened',
      'UNAVAILABLE',
      () => jest.spyOn(fs, 'openSync').mockImplementation(refuse('EMFILE')),
    ],
    [
      'the link fails otherwise',
      'UNAVAILABLE',
      () => jest.spyOn(fs, 'linkSync').mockImplementation(refuse('EIO')),
    ],
    [
      'the disk is full',
      'FULL',
      () => jest.spyOn(fs, 'writeFileSync').mockImplementation(refuse('ENOSPC')),
    ],
    [
      'the disk does not take it',
      'UNAVAILABLE',
      () => {
        const { fstatSync } = fs
        jest.spyOn(fs, 'fsyncSync').mockImplementation((descriptor) => {
          if (fstatSync(descriptor).isFile()) throw refusal('EIO')
        })
      },
    ],
  ])('fails and leaves nothing if %s: %s', async (_what, code, prepare) => {
    prepare()
    const error = await store.createIfAbsent(first()).catch((fault: unknown) => fault)
    expect(error).toMatchObject({
      code: `K3SV_STORE_${code}`,
      location: { file: expect.stringContaining(folder) },
    })
    jest.restoreAllMocks()
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([])
  })

  test('names the document where no lock can be made', async () => {
    jest.spyOn(fs, 'symlinkSync').mockImplementation(refuse('EIO'))
    await expect(store.createIfAbsent(first())).rejects.toMatchObject({
      code: 'K3SV_STORE_UNAVAILABLE',
      location: { file },
    })
  })

  test('does not mind that another makes the folder at the same time', async () => {
    const { mkdirSync: make } = fs
    jest.spyOn(fs, 'mkdirSync').mockImplementation((path, options) => {
      make(path, options)
      return make(path, options)
    })
    expect((await store.createIfAbsent(first())).won).toBe(true)
  })

  test.each([
    ['a plain secret is refused', plainTokens('canary'), 'K3SV_STORE_EXPOSED', []],
    ['a sealed one is kept', tokens('x'), undefined, ['prod.yml']],
  ])(
    'where the file system has all files open to all, %s',
    async (_what, holding, code, expected) => {
      const { fstatSync } = fs
      jest.spyOn(fs, 'fstatSync').mockImplementation((descriptor: number) => {
        const stats = fstatSync(descriptor)
        if (stats.isFile()) stats.mode |= 0o044
        return stats
      })
      const outcome = await store
        .createIfAbsent(first('prod', 1, holding))
        .catch((fault: unknown) => fault)
      expect(outcome).toMatchObject(
        code === undefined
          ? { won: true }
          : { code, location: { file }, hint: expect.stringContaining('seal the tokens') },
      )
      expect(readdirSync(folder)).toEqual(expected)
    },
  )
})

describe('replacing', () => {
  test('goes on where the system refuses a new folder before it looks whether it is there', async () => {
    fill()
    jest.spyOn(fs, 'mkdirSync').mockImplementation(refuse('EROFS'))
    expect((await replace()).won).toBe(true)
  })

  test.each<[string, string, () => unknown]>([
    ['be renamed', 'UNAVAILABLE', () => jest.spyOn(fs, 'renameSync')],
    ['be written', 'UNAVAILABLE', () => jest.spyOn(fs, 'writeFileSync')],
    ['be safe on the disk', 'UNAVAILABLE', () => jest.spyOn(fs, 'fsyncSync')],
  ])('leaves the former document where the new one cannot %s', async (_what, code, spy) => {
    fill()
    const former = readFileSync(file, 'utf8')
    const { version } = (await store.get('prod'))!
    ;(spy() as jest.Mock).mockImplementation(refuse('EIO'))
    await expect(store.replace(version, next())).rejects.toMatchObject({
      code: `K3SV_STORE_${code}`,
    })
    jest.restoreAllMocks()
    expect(readFileSync(file, 'utf8')).toBe(former)
    expect(readdirSync(folder)).toEqual(['prod.yml'])
  })

  test('names the document that was removed meanwhile', async () => {
    fill()
    const { version } = (await store.get('prod'))!
    rmSync(file)
    await expect(store.replace(version, next())).rejects.toMatchObject({
      code: 'K3SV_STORE_CONFLICT',
      location: { file },
      hint: expect.stringContaining('bring it back'),
    })
  })

  asRoot('keeps the group alone, too', async () => {
    fill()
    chownSync(file, process.geteuid!(), 65534)
    await replace()
    expect(statSync(file).gid).toBe(65534)
  })

  asRoot('refuses where the owner cannot be kept', async () => {
    fill()
    chownSync(file, process.geteuid!(), 65534)
    jest.spyOn(fs, 'fchownSync').mockImplementation(refuse('EPERM'))
    await expect(replace()).rejects.toMatchObject({
      code: 'K3SV_STORE_READ_ONLY',
      location: { file },
      hint: expect.stringContaining('chown'),
    })
    expect(readdirSync(folder)).toEqual(['prod.yml'])
  })

  test('asks for no change of owner and mode that are right already', async () => {
    fill()
    jest.spyOn(fs, 'fchownSync').mockImplementation(refuse('EPERM'))
    jest.spyOn(fs, 'fchmodSync').mockImplementation(refuse('EPERM'))
    expect((await replace()).won).toBe(true)
  })
})

describe('where there is no document, get fails if the parent of the folder', () => {
  test.each([
    ['may not be listed', fs.constants.R_OK],
    ['may not be entered', fs.constants.X_OK],
  ])('%s, for then nobody can tell that there never was one', async (_what, right) => {
    expect(await store.get('prod')).toBeNull()
    jest.spyOn(fs, 'accessSync').mockImplementation((_path, mode = 0) => {
      if (mode & right) throw refusal('EACCES')
    })
    await expect(store.get('prod')).rejects.toMatchObject({
      code: 'K3SV_STORE_UNAVAILABLE',
      location: { file: folder },
    })
  })
})

describe('what is answered outlasts a power cut:', () => {
  /** The paths that were flushed, in order, with `link` where a document got its name. */
  function recordFlushes(): string[] {
    const log: string[] = []
    const paths = new Map<number, string>()
    const { openSync, fsyncSync, linkSync, renameSync } = fs
    jest.spyOn(fs, 'openSync').mockImplementation((path, ...rest) => {
      const descriptor = openSync(path, ...rest)
      paths.set(descriptor, path as string)
      return descriptor
    })
    jest.spyOn(fs, 'fsyncSync').mockImplementation((descriptor) => {
      log.push(paths.get(descriptor)!.replace(/.*\.tmp$/, 'document'))
      fsyncSync(descriptor)
    })
    jest.spyOn(fs, 'linkSync').mockImplementation((from, to) => {
      log.push('link')
      linkSync(from, to)
    })
    jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
      log.push('rename')
      renameSync(from, to)
    })
    return log
  }

  test('a first document, its name and the name of its folder', async () => {
    const log = recordFlushes()
    await store.createIfAbsent(first())
    expect(log).toEqual([dirname(folder), 'document', 'link', folder])
  })

  test('a later one and its name', async () => {
    fill()
    const { version } = (await store.get('prod'))!
    const log = recordFlushes()
    await store.replace(version, next())
    expect(log).toEqual([dirname(folder), 'document', 'rename', folder])
  })

  test.each([
    ['is flushed', 59_999, 1],
    ['is on the disk by itself', 60_000, 0],
  ])('the name of a document that is read %s after %i ms', async (_what, age, times) => {
    fill()
    const now = jest.spyOn(Date, 'now').mockReturnValue(statSync(file).mtimeMs + age)
    const log = recordFlushes()
    expect(await store.get('prod')).not.toBeNull()
    expect(log).toEqual(Array.from({ length: times }, () => folder))
    expect(now).toHaveBeenCalled()
  })

  test.each(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EROFS'])(
    'a folder that cannot be flushed (%s) is passed over',
    async (code) => {
      const { fsyncSync, fstatSync } = fs
      jest.spyOn(fs, 'fsyncSync').mockImplementation((descriptor) => {
        if (fstatSync(descriptor).isDirectory()) throw refusal(code)
        fsyncSync(descriptor)
      })
      expect((await store.createIfAbsent(first())).won).toBe(true)
    },
  )

  test.each([
    ['EACCES', 'which we may not list, is passed over', null],
    ['EIO', 'which fails, is told', 'K3SV_STORE_UNAVAILABLE'],
  ])('the parent of the folder (%s), %s', async (errno, _what, code) => {
    mkdirSync(folder, { mode: 0o700 })
    const { openSync } = fs
    jest.spyOn(fs, 'openSync').mockImplementation((path, ...rest) => {
      if (path === dirname(folder)) throw refusal(errno)
      return openSync(path, ...rest)
    })
    const outcome = await store.createIfAbsent(first()).catch((fault: unknown) => fault)
    expect(outcome).toMatchObject(code === null ? { won: true } : { code })
    expect(existsSync(file)).toBe(code === null)
  })
})

test('no descriptor stays open, whether writing and reading succeed or fail', async () => {
  const opened = jest.spyOn(fs, 'openSync')
  const closed = jest.spyOn(fs, 'closeSync')
  await store.createIfAbsent(first())
  await replace()
  jest.spyOn(fs, 'fsyncSync').mockImplementation(refuse('EIO'))
  await expect(store.createIfAbsent(first('test'))).rejects.toThrow()
  await expect(store.get('prod')).rejects.toThrow()
  const descriptors = (mock: jest.Mock): unknown[] =>
    mock.mock.results.map(({ value }: { value: unknown }) => value).sort()
  expect(closed.mock.calls.map(([descriptor]) => descriptor).sort()).toEqual(
    descriptors(opened as unknown as jest.Mock),
  )
})

describe('a folder of another user', () => {
  asRoot('is told from a link of one', async () => {
    fill()
    chownSync(folder, 65534, 65534)
    await expect(store.createIfAbsent(first('test'))).rejects.toThrow(/a folder of another user$/)
    const link = join(dirname(folder), 'link')
    symlinkSync(folder, link)
    execFileSync('chown', ['-h', '65534', link])
    await expect(createFileStore(link).createIfAbsent(first('test'))).rejects.toThrow(
      /a link that another user made$/,
    )
  })
})

describe('what a dead process left', () => {
  const SCOPE = '00000000'
  const old = (name: string): void => {
    writeFileSync(join(folder, name), '')
    const then = new Date(Date.now() - 48 * 3_600_000)
    utimesSync(join(folder, name), then, then)
  }

  test.each([
    ['without its dot', `prod.${SCOPE}.1.0123456789ab.tmp`],
    ['with something before its dot', `x.prod.${SCOPE}.1.0123456789ab.tmp`],
    ['without a name', `.${SCOPE}.1.0123456789ab.tmp`],
    ['with a short scope', '.prod.0000000.1.0123456789ab.tmp'],
    ['without a process', `.prod.${SCOPE}..0123456789ab.tmp`],
    ['with a short random part', `.prod.${SCOPE}.1.0123456789a.tmp`],
    ['with a longer ending', `.prod.${SCOPE}.1.0123456789ab.tmp~`],
  ])('is not a file %s, however old: %s', async (_what, name) => {
    fill()
    old(name)
    await store.createIfAbsent(first('test'))
    expect(readdirSync(folder)).toContain(name)
  })

  test('is a file of several digits in its process id', async () => {
    fill()
    old(`.prod.a-b.${SCOPE}.1234567.0123456789ab.tmp`)
    await store.createIfAbsent(first('test'))
    expect(readdirSync(folder).sort()).toEqual(['prod.yml', 'test.yml'])
  })

  test.each([
    ['a guard of a dead process', '.prod.00000000000000aa.guard', deadPid, false],
    ['no guard of a living process', '.prod.00000000000000aa.guard', process.pid, true],
    ['no guard of another name', 'prod.00000000000000aa.guard', deadPid, true],
    ['no guard with something before it', 'x.prod.00000000000000aa.guard', deadPid, true],
    ['no guard of a short id', '.prod.0000000000000aa.guard', deadPid, true],
    ['no guard with a longer ending', '.prod.00000000000000aa.guards', deadPid, true],
  ])('is %s: %s', async (_what, name, pid, stays) => {
    fill()
    symlinkSync(`00000000000000bb ${formatProcess({ ...own, pid })}`, join(folder, name))
    await store.createIfAbsent(first('test'))
    expect(readdirSync(folder).includes(name)).toBe(stays)
  })

  test('is looked for once, and no harm where it cannot be listed or removed', async () => {
    fill()
    old(`.prod.${SCOPE}.1.0123456789ab.tmp`)
    const { unlinkSync } = fs
    jest.spyOn(fs, 'unlinkSync').mockImplementation((path) => {
      if ((path as string).includes(SCOPE)) throw refusal('EIO')
      unlinkSync(path)
    })
    const listed = jest.spyOn(fs, 'readdirSync')
    expect((await store.createIfAbsent(first('test'))).won).toBe(true)
    expect((await store.createIfAbsent(first('other'))).won).toBe(true)
    expect(listed).toHaveBeenCalledTimes(1)
    listed.mockImplementation(refuse('EACCES'))
    expect((await createFileStore(folder).createIfAbsent(first('more'))).won).toBe(true)
  })

  test('may be gone before it is looked at', async () => {
    fill()
    const { readdirSync: list } = fs
    const names = jest.spyOn(fs, 'readdirSync') as unknown as jest.Mock
    names.mockImplementation(((path: string) => [
      ...list(path),
      `.prod.${SCOPE}.1.0123456789ab.tmp`,
    ]) as never)
    expect((await store.createIfAbsent(first('test'))).won).toBe(true)
  })
})

test('a name with a backslash is no name of a file', async () => {
  await expect(store.get('a\\b')).rejects.toMatchObject({
    code: 'K3SV_STORE_UNAVAILABLE',
    hint: expect.stringContaining('letters, digits'),
  })
})

test('a sealed document may be read by all', async () => {
  fill()
  chmodSync(file, 0o644)
  expect((await store.get('prod'))?.document).toEqual(first())
})
