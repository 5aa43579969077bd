import { afterAll, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import {
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
import { join } from 'node:path'
import { StoreError } from '../../../src/errors.js'
import { renderDocument } from '../../../src/document/text.js'
import { createFileStore } from '../../../src/store/file/file-store.js'
import { replaceTokens } from '../../../src/document/transitions.js'
import { describeStore } from '../contract.js'
import { writeId, first, LATER, plainTokens, tokens } from '../samples.js'

const ROOT = mkdtempSync(join(tmpdir(), 'k3s-vars-store-'))
afterAll(() => rmSync(ROOT, { recursive: true, force: true }))

const isRoot = process.geteuid!() === 0
const asRoot = isRoot ? test : test.skip
const NOBODY = 65534
const CANARY = 'CanarySecret'

let count = 0
/** The path of a store's folder that is not there yet, in a parent of its own. */
function newFolder(): string {
  const parent = join(ROOT, String(++count))
  mkdirSync(parent)
  return join(parent, 'k3s_tokens')
}

/** A folder with the document of cluster prod, and its path. */
function filled(text = renderDocument(first()), mode = 0o600): { folder: string; file: string } {
  const folder = newFolder()
  mkdirSync(folder, { mode: 0o700 })
  const file = join(folder, 'prod.yml')
  writeFileSync(file, text)
  chmodSync(file, mode)
  return { folder, file }
}

async function fault(promise: Promise<unknown>): Promise<StoreError> {
  try {
    await promise
  } catch (error) {
    if (error instanceof StoreError) {
      expect(error.hint).toBeDefined()
      expect(
        JSON.stringify([error.message, error.hint, error.location, error.stack]),
      ).not.toContain(CANARY)
      return error
    }
    throw error
  }
  throw new Error('nothing was refused')
}

function next(number = 2) {
  return replaceTokens(first(), tokens('next'), { writeId: writeId(number), now: LATER })
}

describeStore('a folder of files', () => {
  const folder = newFolder()
  return { connect: () => createFileStore(folder), close: () => undefined }
})

describe('where there is no document, get', () => {
  test.each<[string, () => string]>([
    ['the folder was never made', newFolder],
    [
      'the folder is empty',
      () => {
        const folder = newFolder()
        mkdirSync(folder)
        return folder
      },
    ],
    [
      'only another cluster has one',
      () => filled(renderDocument(first('test'))).folder.concat('/.'),
    ],
    [
      'our link leads to an empty folder',
      () => {
        const folder = newFolder()
        symlinkSync(ROOT, folder)
        return folder
      },
    ],
  ])('answers null if %s', async (_what, make) => {
    expect(await createFileStore(make()).get('staging')).toBeNull()
  })

  test.each<[string, string, () => string]>([
    [
      'the parent of the folder is missing',
      'K3SV_STORE_UNAVAILABLE',
      () => join(newFolder(), 'tokens'),
    ],
    ['the folder is a file', 'K3SV_STORE_FOREIGN', () => filled().file],
    [
      'the parent of the folder is a file',
      'K3SV_STORE_FOREIGN',
      () => join(filled().file, 'tokens'),
    ],
    [
      'the folder is a link to nothing',
      'K3SV_STORE_FOREIGN',
      () => {
        const folder = newFolder()
        symlinkSync('nowhere', folder)
        return folder
      },
    ],
    [
      'the folder is a link to itself',
      'K3SV_STORE_FOREIGN',
      () => {
        const folder = newFolder()
        symlinkSync(folder, folder)
        return folder
      },
    ],
  ])('fails if %s: %s', async (_what, code, make) => {
    const folder = make()
    const error = await fault(createFileStore(folder).get('prod'))
    expect(error.code).toBe(code)
    expect(error.location?.file).toContain(folder)
  })
})

describe('what lies in the place of a document', () => {
  test.each<[string, string, (file: string) => void]>([
    ['a link to a document', 'K3SV_STORE_FOREIGN', (file) => symlinkSync(filled().file, file)],
    ['a link to nothing', 'K3SV_STORE_FOREIGN', (file) => symlinkSync('nowhere', file)],
    ['a folder', 'K3SV_STORE_FOREIGN', (file) => mkdirSync(file)],
    ['a pipe, which nobody writes', 'K3SV_STORE_FOREIGN', (file) => execFileSync('mkfifo', [file])],
    [
      'a file that everybody can write',
      'K3SV_STORE_EXPOSED',
      (file) => {
        writeFileSync(file, renderDocument(first()))
        chmodSync(file, 0o666)
      },
    ],
    [
      'plain secrets that a group can read',
      'K3SV_STORE_EXPOSED',
      (file) =>
        writeFileSync(file, renderDocument(first('prod', 1, plainTokens(CANARY))), { mode: 0o640 }),
    ],
    ['an empty file', 'K3SV_STORE_CORRUPT', (file) => writeFileSync(file, '')],
    [
      'bytes that are no UTF-8',
      'K3SV_STORE_CORRUPT',
      (file) => writeFileSync(file, Buffer.from(`# \xff ${CANARY}`, 'latin1')),
    ],
    [
      'more than a MiB',
      'K3SV_STORE_CORRUPT',
      (file) => writeFileSync(file, Buffer.alloc(1024 * 1024 + 1, '#')),
    ],
    [
      'a document of another cluster',
      'K3SV_STORE_CORRUPT',
      (file) => writeFileSync(file, renderDocument(first('test'))),
    ],
  ])('%s is refused for reading and creating, and stays: %s', async (_what, code, place) => {
    const folder = newFolder()
    mkdirSync(folder, { mode: 0o700 })
    place(join(folder, 'prod.yml'))
    const store = createFileStore(folder)
    const refusals = [
      () => store.get('prod'),
      () => store.createIfAbsent(first()),
      () => store.replace('0', next()),
    ]
    for (const refusal of refusals) {
      const error = await fault(refusal())
      expect(error.code).toBe(code)
      expect(error.location?.file).toBe(join(folder, 'prod.yml'))
    }
    expect(readdirSync(folder)).toEqual(['prod.yml'])
  })

  asRoot('a document of another user is refused, unless that user is trusted', async () => {
    const { folder, file } = filled()
    chownSync(file, NOBODY, NOBODY)
    expect((await fault(createFileStore(folder).get('prod'))).code).toBe('K3SV_STORE_FOREIGN')
    expect(await createFileStore(folder, { trustedOwners: [NOBODY] }).get('prod')).not.toBeNull()
  })
})

describe('a folder', () => {
  test('is made for us alone, and so is the document', async () => {
    const folder = newFolder()
    await createFileStore(folder).createIfAbsent(first())
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(join(folder, 'prod.yml')).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['prod.yml'])
  })

  test('that everybody can write is refused for creating and replacing', async () => {
    const { folder } = filled()
    const store = createFileStore(folder)
    const { version } = (await store.get('prod'))!
    chmodSync(folder, 0o1777)
    expect((await fault(store.createIfAbsent(first('test')))).code).toBe('K3SV_STORE_EXPOSED')
    expect((await fault(store.replace(version, next()))).code).toBe('K3SV_STORE_EXPOSED')
    expect(readdirSync(folder)).toEqual(['prod.yml'])
  })

  asRoot('of another user is refused for creating and replacing', async () => {
    const { folder } = filled()
    const store = createFileStore(folder, { trustedOwners: [NOBODY] })
    const { version } = (await store.get('prod'))!
    chownSync(folder, NOBODY, NOBODY)
    expect((await fault(store.createIfAbsent(first('test')))).code).toBe('K3SV_STORE_FOREIGN')
    expect((await fault(store.replace(version, next()))).code).toBe('K3SV_STORE_FOREIGN')
    expect(readdirSync(folder)).toEqual(['prod.yml'])
  })

  test('may be our link to a folder of ours', async () => {
    const folder = newFolder()
    const target = newFolder()
    mkdirSync(target)
    symlinkSync(target, folder)
    await createFileStore(folder).createIfAbsent(first())
    expect(readdirSync(target)).toEqual(['prod.yml'])
  })

  asRoot('must not be a link of a user who is not trusted', async () => {
    const folder = newFolder()
    const target = newFolder()
    mkdirSync(target)
    symlinkSync(target, folder)
    execFileSync('chown', ['-h', String(NOBODY), folder])
    expect((await fault(createFileStore(folder).createIfAbsent(first()))).code).toBe(
      'K3SV_STORE_FOREIGN',
    )
    const { won } = await createFileStore(folder, { trustedOwners: [NOBODY] }).createIfAbsent(
      first(),
    )
    expect(won).toBe(true)
  })

  test('is never left by the name of a cluster', async () => {
    const folder = newFolder()
    for (const name of ['', '.', '..', '../prod', 'a/b', '.hidden', 'a\0b']) {
      const store = createFileStore(folder)
      expect((await fault(store.get(name))).code).toBe('K3SV_STORE_UNAVAILABLE')
      expect((await fault(store.createIfAbsent(first(name)))).code).toBe('K3SV_STORE_UNAVAILABLE')
    }
    expect(existsSync(folder)).toBe(false)
  })
})

describe('replacing', () => {
  async function replace(folder: string, document = next()): Promise<void> {
    const store = createFileStore(folder)
    const { version } = (await store.get('prod'))!
    expect((await store.replace(version, document)).won).toBe(true)
    expect(readdirSync(folder)).toEqual(['prod.yml'])
  }

  test.each(['600', '644', '664', '440'])('keeps mode %s of a sealed document', async (mode) => {
    const { folder, file } = filled(undefined, Number.parseInt(mode, 8))
    await replace(folder)
    expect((statSync(file).mode & 0o777).toString(8)).toBe(mode)
  })

  test('takes the rights of others away from a document that becomes plain', async () => {
    const { folder, file } = filled(undefined, 0o644)
    await replace(
      folder,
      replaceTokens(first(), plainTokens('x'), { writeId: writeId(2), now: LATER }),
    )
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  asRoot('keeps the owner', async () => {
    const { folder, file } = filled()
    chownSync(file, NOBODY, NOBODY)
    const store = createFileStore(folder, { trustedOwners: [NOBODY] })
    await store.replace((await store.get('prod'))!.version, next())
    expect(statSync(file)).toMatchObject({ uid: NOBODY, gid: NOBODY })
  })

  test('keeps the comments that people added', async () => {
    const { folder, file } = filled(
      renderDocument(first()).replace('phase:', '# ask the platform team first\nphase:'),
    )
    await replace(folder)
    expect(readFileSync(file, 'utf8')).toContain('\n# ask the platform team first\nphase: idle\n')
  })

  test('sees an edit by hand as a change', async () => {
    const { folder, file } = filled()
    const store = createFileStore(folder)
    const { version } = (await store.get('prod'))!
    writeFileSync(file, `${renderDocument(first())}# edited\n`)
    expect((await store.replace(version, next())).won).toBe(false)
  })
})

describe('what a dead process left', () => {
  /** The name of a temporary file of this machine with the process id exchanged. */
  async function temporaryNames(pid: number, scope?: string): Promise<string> {
    const { currentProcess } = await import('../../../src/files/process-identity.js')
    const { createHash } = await import('node:crypto')
    const { boot, namespaces, host } = currentProcess()
    const here = createHash('sha256')
      .update(`${boot} ${namespaces} ${host}`)
      .digest('hex')
      .slice(0, 8)
    return `.prod.${scope ?? here}.${pid}.0123456789ab.tmp`
  }
  /** A process id that ran and ended. */
  const dead = () => Number(execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }))

  test.each<[string, boolean, () => Promise<string>, number]>([
    ['of a dead process is removed', false, () => temporaryNames(dead()), 0],
    ['of a living process stays', true, () => temporaryNames(process.pid), 0],
    ['of a living process stays however old it is', true, () => temporaryNames(process.pid), 48],
    ['of another machine stays', true, () => temporaryNames(dead(), '00000000'), 23],
    [
      'of another machine is removed after a day',
      false,
      () => temporaryNames(process.pid, '00000000'),
      25,
    ],
    ['whose name is not ours stays', true, () => Promise.resolve('.prod.yml.swp'), 48],
  ])('a temporary file %s', async (_what, stays, makeName, hours) => {
    const { folder } = filled()
    const name = await makeName()
    writeFileSync(join(folder, name), '')
    const then = new Date(Date.now() - hours * 3_600_000)
    utimesSync(join(folder, name), then, then)
    await createFileStore(folder).createIfAbsent(first('test'))
    expect(existsSync(join(folder, name))).toBe(stays)
  })
})
