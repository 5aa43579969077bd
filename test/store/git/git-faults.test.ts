// What a repository does that lost something, refuses something, or is not the one that is meant: real Git, over files and ssh.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { ClusterDocument } from '../../../src/document/document.js'
import { openShared } from '../../../src/store/open.js'
import { ensureDocument, updateDocument } from '../../../src/store/update.js'
import { replaceTokens } from '../../../src/document/transitions.js'
import type { GitSpec } from '../../../src/store-spec.js'
import { shellBlocks } from '../../support/doc-commands.js'
import { closedPort, listen, stopListening } from '../../support/ports.js'
import { hasSshd, NO_SSHD, Sshd } from '../../support/sshd.js'
import { first, LATER, tokens, writeId } from '../samples.js'

const REF = 'refs/k3s_vars/tokens'
const MARK = `${REF}.known`

let folder: string
let bare: string
let clones = 0
const closing: (() => void)[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'k3s_vars-git-faults-'))
  bare = join(folder, 'tokens.git')
  git(folder, 'init', '--quiet', '--bare', bare)
})
afterEach(async () => {
  await stopListening()
  for (const close of closing.splice(0)) close()
  rmSync(folder, { recursive: true })
})

function git(where: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=anna', '-c', 'user.email=anna@example.com']
  return execFileSync('git', ['-C', where, ...identity, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** A project as somebody has it who has never seen the store. */
function clone(remote = bare): string {
  const project = join(folder, `project-${++clones}`)
  git(folder, 'init', '--quiet', project)
  git(project, 'remote', 'add', 'origin', remote)
  return project
}

type Variables = Readonly<Record<string, string>>

function storeIn(project: string, variables: Variables = {}, more: Partial<GitSpec> = {}) {
  const spec: GitSpec = {
    kind: 'git',
    base: project,
    timeout: 10_000,
    remote: 'origin',
    ref: REF,
    ...more,
  }
  const all = { PATH: process.env['PATH'], HOME: folder, ...variables }
  return openShared(spec, {
    environment: { variables: all, cwd: '/', home: folder },
    trustedOwners: [],
  })
}

const change = (number: number) => (document: ClusterDocument) =>
  replaceTokens(document, tokens(`next-${number}`), { writeId: writeId(number), now: LATER })

const vanished = { code: 'K3SV_STORE_VANISHED' }

/** A script of the far repository. */
function hook(name: string, text: string): void {
  writeFileSync(join(bare, 'hooks', name), text, { mode: 0o755 })
}

describe('what was there is never taken for what never was', () => {
  test('a deleted ref: by whoever has seen it, and by the mark', async () => {
    const project = clone()
    await storeIn(project).createIfAbsent(first('prod'))
    git(bare, 'update-ref', '-d', REF)
    await expect(storeIn(project).get('prod')).rejects.toMatchObject(vanished)
    await expect(storeIn(clone()).get('prod')).rejects.toMatchObject(vanished)
    await expect(storeIn(clone()).createIfAbsent(first('prod', 2))).rejects.toMatchObject(vanished)
    git(bare, 'update-ref', '-d', MARK)
    await expect(storeIn(project).get('prod')).rejects.toMatchObject(vanished)
    // What the docs say cannot be told.
    expect(await storeIn(clone()).get('prod')).toBeNull()
    // And what they say brings it back.
    const [seen] = git(project, 'for-each-ref', '--format=%(refname)', 'refs/k3s_vars-seen').split(
      '\n',
    )
    git(project, 'push', '--quiet', 'origin', `${seen!}:${REF}`)
    expect((await storeIn(clone()).get('prod'))?.document.cluster).toBe('prod')
  })

  test('a document that a commit took away', async () => {
    const project = clone()
    await storeIn(project).createIfAbsent(first('prod'))
    await storeIn(project).createIfAbsent(first('test'))
    takeAway('prod.yml')
    for (const store of [storeIn(project), storeIn(clone())]) {
      await expect(store.get('prod')).rejects.toMatchObject(vanished)
      await expect(store.createIfAbsent(first('prod', 2))).rejects.toMatchObject(vanished)
      expect((await store.get('test'))?.document.cluster).toBe('test')
      expect(await store.get('never')).toBeNull()
    }
  })

  function takeAway(file: string): void {
    const kept = git(bare, 'ls-tree', REF)
      .split('\n')
      .filter((line) => !line.endsWith(file))
    const tree = execFileSync('git', ['-C', bare, 'mktree'], {
      input: kept.join('\n'),
      encoding: 'utf8',
    }).trim()
    git(bare, 'update-ref', REF, git(bare, 'commit-tree', '-p', REF, '-m', 'away', tree).trim())
  }

  test('a history that was rewritten', async () => {
    const project = clone()
    await storeIn(project).createIfAbsent(first('prod'))
    const former = git(bare, 'rev-parse', REF).trim()
    await updateDocument(storeIn(project), 'prod', change(2))
    git(bare, 'update-ref', REF, former)
    await expect(storeIn(project).get('prod')).rejects.toMatchObject(vanished)
    // Another history altogether is told by the mark, before anything is made.
    const other = clone()
    git(other, 'commit', '--quiet', '--allow-empty', '-m', 'other')
    git(other, 'push', '--quiet', '--force', 'origin', `HEAD:${REF}`)
    await expect(storeIn(clone()).createIfAbsent(first('prod', 2))).rejects.toMatchObject(vanished)
  })

  test('a far repository that has not all of it', async () => {
    const project = clone()
    await storeIn(project).createIfAbsent(first('prod'))
    await updateDocument(storeIn(project), 'prod', change(2))
    const shallow = join(folder, 'shallow.git')
    git(folder, 'init', '--quiet', '--bare', shallow)
    git(shallow, 'fetch', '--quiet', '--depth', '1', `file://${bare}`, `${REF}:${REF}`)
    const store = storeIn(clone(`file://${shallow}`))
    await expect(store.get('never')).rejects.toMatchObject({
      code: expect.stringMatching(/VANISHED|UNAVAILABLE/),
    })
  })
})

describe('whose repository it is', () => {
  test('shallow and partial clones of the project serve as any other', async () => {
    git(bare, 'config', 'uploadpack.allowFilter', 'true')
    const seed = clone()
    git(seed, 'commit', '--quiet', '--allow-empty', '-m', 'one')
    git(seed, 'commit', '--quiet', '--allow-empty', '-m', 'two')
    git(seed, 'push', '--quiet', 'origin', 'HEAD:refs/heads/main')
    await storeIn(seed).createIfAbsent(first('prod'))
    await updateDocument(storeIn(seed), 'prod', change(2))
    for (const how of [['--depth', '1'], ['--filter=blob:none'], ['--filter=tree:0']]) {
      const project = join(folder, `clone-${++clones}`)
      git(folder, 'clone', '--quiet', '--branch', 'main', ...how, `file://${bare}`, project)
      const store = storeIn(project)
      expect((await store.get('prod'))?.document.generation).toBe(2)
      expect(await store.get('never')).toBeNull()
      expect(await store.createIfAbsent(first(`by-${clones}`))).toMatchObject({ won: true })
    }
  })

  test('nothing of the project is touched, and nothing that it names is run', async () => {
    const project = clone()
    writeFileSync(join(project, 'file'), 'one\n')
    git(project, 'add', 'file')
    git(project, 'commit', '--quiet', '-m', 'one')
    writeFileSync(join(project, 'file'), 'two\n')
    const evil = join(folder, 'evil')
    writeFileSync(evil, `#!/bin/sh\necho "$0" >> ${folder}/ran\n`, { mode: 0o755 })
    for (const name of [
      'pre-push',
      'reference-transaction',
      'post-index-change',
      'post-rewrite',
      'pre-auto-gc',
    ]) {
      writeFileSync(join(project, '.git/hooks', name), readFileSync(evil), { mode: 0o755 })
    }
    git(project, 'config', 'core.fsmonitor', evil)
    git(project, 'config', 'core.hooksPath', join(project, '.git/hooks'))
    rmSync(join(folder, 'ran'), { force: true })
    const before = state(project)
    const hostile = {
      GIT_DIR: bare,
      GIT_WORK_TREE: folder,
      GIT_INDEX_FILE: join(folder, 'index'),
      GIT_TRACE: join(folder, 'trace'),
      GIT_NAMESPACE: 'other',
      GIT_OBJECT_DIRECTORY: folder,
    }
    await storeIn(project, hostile).createIfAbsent(first('prod'))
    await updateDocument(storeIn(project, hostile), 'prod', change(2))
    await storeIn(clone(), hostile).get('prod')
    expect(state(project)).toEqual(before)
    for (const name of ['ran', 'trace', 'index'])
      expect(() => statSync(join(folder, name))).toThrow('ENOENT')
    expect(git(bare, 'log', '--format=%an %s', REF)).toBe(
      'k3s_vars prod: changed\nk3s_vars prod: first written\n',
    )
  })

  function state(project: string) {
    const { mtimeMs, size } = statSync(join(project, '.git/index'))
    const names = readFileSync(join(project, 'file'), 'utf8')
    return {
      mtimeMs,
      size,
      names,
      head: readFileSync(join(project, '.git/HEAD'), 'utf8'),
      branches: git(project, 'for-each-ref', 'refs/heads', 'refs/remotes', 'refs/tags'),
    }
  }

  test('a folder in no repository has one of its own in the cache, for its user alone', async () => {
    const project = join(folder, 'plain')
    mkdirSync(project)
    const store = storeIn(project, {}, { remote: bare })
    expect(await store.createIfAbsent(first('prod'))).toMatchObject({ won: true })
    expect(statSync(join(folder, '.cache/k3s_vars/git')).mode & 0o077).toBe(0)
    expect(
      (await storeIn(project, {}, { remote: '../tokens.git' }).get('prod'))?.document.cluster,
    ).toBe('prod')
    await expect(storeIn(project).get('prod')).rejects.toMatchObject({
      code: 'K3SV_STORE_SETTINGS',
    })
  })

  test.each([
    ['nowhere', 'the repository around k3s_vars.yml has no remote nowhere'],
    ['ext::sh -c "touch /tmp/x"', 'the remote is reached by ext'],
    ['git://127.0.0.1/x', 'the remote is reached by git'],
    ['http://10.0.0.1/x', 'the Git server at 10.0.0.1 would be asked without TLS'],
  ])('%s is no way to a store', async (remote, message) => {
    const refusal = storeIn(clone(), {}, { remote }).get('prod')
    await expect(refusal).rejects.toMatchObject({ code: 'K3SV_STORE_SETTINGS', message })
  })

  test('no repository at the remote, and no Git, are told apart', async () => {
    const nowhere = storeIn(clone(join(folder, 'nowhere.git'))).get('prod')
    await expect(nowhere).rejects.toMatchObject({ code: 'K3SV_STORE_UNFIT' })
    const empty = storeIn(clone(), { PATH: folder }).get('prod')
    await expect(empty).rejects.toMatchObject({ code: 'K3SV_STORE_SETTINGS' })
  })

  test('a password in the URL of a remote is never shown', async () => {
    const port = await closedPort()
    const project = clone(`https://anna:pa55-canary@127.0.0.1:${port}/tokens.git`)
    const error = (await storeIn(project)
      .get('prod')
      .catch((one: unknown) => one)) as Error
    expect(error).toMatchObject({ code: 'K3SV_STORE_UNAVAILABLE' })
    expect(
      `${error.message} ${(error as Error & { hint: string }).hint} ${error.stack ?? ''}`,
    ).not.toContain('canary')
    const facts = storeIn(project).describe()
    await expect(facts).rejects.not.toThrow('canary')
  })
})

describe('the far side decides', () => {
  test('the hook of the docs lets the store work, and keeps what the docs promise', async () => {
    const [settings, script] = shellBlocks('stores-git.md')
    for (const line of settings!.trim().split('\n')) git(bare, ...line.split(' ').slice(1))
    hook('update', script!)
    const project = clone()
    const store = storeIn(project)
    expect(await store.createIfAbsent(first('prod'))).toMatchObject({ won: true })
    expect((await updateDocument(store, 'prod', change(2))).generation).toBe(2)
    git(project, 'fetch', '--quiet', 'origin', REF)
    const push = (...args: readonly string[]) =>
      spawnSync(
        'git',
        ['-C', project, '-c', 'push.default=nothing', 'push', '--force', 'origin', ...args],
        { encoding: 'utf8' },
      )
    expect(push(`:${REF}`).status).not.toBe(0)
    expect(push(`:${MARK}`).status).not.toBe(0)
    expect(push(`FETCH_HEAD:${MARK}`).stderr).toContain('the mark never moves')
    expect(push(`FETCH_HEAD~1:${REF}`).status).not.toBe(0)
    git(bare, 'config', 'receive.denyNonFastForwards', 'false')
    expect(push(`FETCH_HEAD~1:${REF}`).stderr).toContain('history is never rewritten')
    const tree = git(project, 'hash-object', '-t', 'tree', '-w', '/dev/null').trim()
    const without = git(project, 'commit-tree', '-p', 'FETCH_HEAD', '-m', 'away', tree).trim()
    expect(push(`${without}:${REF}`).stderr).toContain('no document is deleted')
    expect((await store.get('prod'))?.document.generation).toBe(2)
  })

  test.each(['pre-receive', 'update'])(
    'a %s hook that refuses is an error, and nothing was made',
    async (name) => {
      hook(name, '#!/bin/sh\necho canary-of-the-hook >&2\nexit 1\n')
      const error = (await storeIn(clone())
        .createIfAbsent(first('prod'))
        .catch((one: unknown) => one)) as Error
      expect(error).toMatchObject({ code: 'K3SV_STORE_DENIED' })
      expect(`${error.message}${error.stack ?? ''}`).not.toContain('canary')
      expect(git(bare, 'for-each-ref')).toBe('')
      expect(await storeIn(clone()).get('prod')).toBeNull()
    },
  )

  test('a push whose answer was lost is found to be ours', async () => {
    hook('post-receive', '#!/bin/sh\nkill -9 $PPID\n')
    let minted = 0
    const ensured = await ensureDocument(storeIn(clone()), 'prod', () =>
      Promise.resolve(first('prod', ++minted)),
    )
    rmSync(join(bare, 'hooks/post-receive'))
    expect(minted).toBe(1)
    expect((await storeIn(clone()).get('prod'))?.document.writeId).toBe(ensured.document.writeId)
  })

  test('a push that was cut before it was done is an error, and nothing was made', async () => {
    hook('pre-receive', '#!/bin/sh\nkill -9 $PPID\n')
    const ensured = ensureDocument(storeIn(clone()), 'prod', () => Promise.resolve(first('prod')))
    await expect(ensured).rejects.toMatchObject({ code: 'K3SV_STORE_UNAVAILABLE' })
    rmSync(join(bare, 'hooks/pre-receive'))
    expect(await storeIn(clone()).get('prod')).toBeNull()
  })

  test('clusters that are written at once do not stand in each other’s way', async () => {
    const names = ['a', 'b', 'c', 'd', 'e']
    const outcomes = await Promise.all(
      names.map((name) => storeIn(clone()).createIfAbsent(first(name))),
    )
    expect(outcomes.every(({ won }) => won)).toBe(true)
    expect(git(bare, 'ls-tree', '--name-only', REF)).toBe(
      names.map((name) => `${name}.yml\n`).join(''),
    )
  })
})

describe('the wire', () => {
  test.each([['ssh'], ['https']])(
    'a silent server of %s is an error in time, and nothing is left running',
    async (scheme) => {
      const port = await listen('silence')
      const since = performance.now()
      const store = storeIn(
        clone(`${scheme}://127.0.0.1:${port}/tokens.git`),
        {},
        { timeout: 1000 },
      )
      await expect(store.get('prod')).rejects.toMatchObject({ code: 'K3SV_STORE_UNAVAILABLE' })
      expect(performance.now() - since).toBeLessThan(5000)
      const { stdout } = spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
      expect(stdout).not.toContain(`127.0.0.1:${port}`)
    },
  )

  test('a certificate that nobody vouches for is refused, whatever the settings say', async () => {
    const port = await listen(200)
    const url = `https://127.0.0.1:${port}/tokens.git`
    const project = clone(url)
    git(project, 'config', 'http.sslVerify', 'false')
    git(project, 'config', `http.https://127.0.0.1:${port}.sslVerify`, 'false')
    for (const store of [
      storeIn(project, { GIT_SSL_NO_VERIFY: '1' }),
      storeIn(project, {}, { remote: url }),
    ]) {
      await expect(store.get('prod')).rejects.toMatchObject({ code: 'K3SV_STORE_TLS' })
    }
  })

  test('a web server that is no Git server is told, and is no empty store', async () => {
    const port = await listen('plain HTTP')
    const store = storeIn(clone(`http://127.0.0.1:${port}/tokens.git`))
    await expect(store.get('prod')).rejects.toMatchObject({ code: 'K3SV_STORE_UNFIT' })
  })

  test('over http: Git’s own server for it', async () => {
    const port = await serveGit()
    git(bare, 'config', 'http.receivepack', 'true')
    const store = storeIn(clone(`http://127.0.0.1:${port}/tokens.git`))
    expect(await store.get('prod')).toBeNull()
    expect(await store.createIfAbsent(first('prod'))).toMatchObject({ won: true })
    expect((await store.get('prod'))?.document.cluster).toBe('prod')
  })

  /** `git http-backend` behind a web server that does what CGI asks of it; answers its port. */
  async function serveGit(): Promise<number> {
    const backend = join(git(folder, '--exec-path').trim(), 'git-http-backend')
    const server = createServer((request, response) => {
      const { pathname, search } = new URL(request.url!, 'http://x')
      const child = spawn(backend, {
        env: {
          GIT_PROJECT_ROOT: folder,
          GIT_HTTP_EXPORT_ALL: '1',
          PATH_INFO: pathname,
          QUERY_STRING: search.slice(1),
          REQUEST_METHOD: request.method,
          CONTENT_TYPE: request.headers['content-type'] ?? '',
          ...(request.headers['content-encoding'] && { HTTP_CONTENT_ENCODING: 'gzip' }),
          REMOTE_USER: 'anna',
          GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
          PATH: process.env['PATH'],
        },
      })
      request.pipe(child.stdin)
      const chunks: Buffer[] = []
      child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
      child.on('close', () => {
        const all = Buffer.concat(chunks)
        const end = all.indexOf('\r\n\r\n')
        for (const line of all.toString('latin1', 0, end).split('\r\n')) {
          const [name, value] = line.split(': ')
          if (name === 'Status') response.statusCode = Number.parseInt(value!)
          else response.setHeader(name!, value!)
        }
        response.end(all.subarray(end + 4))
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closing.push(() => server.close())
    return (server.address() as AddressInfo).port
  }

  if (!hasSshd()) {
    test.skip(NO_SSHD, () => undefined)
  } else {
    let sshd: Sshd
    beforeAll(async () => {
      sshd = await Sshd.start()
    })
    afterAll(() => sshd.stop())

    test('over ssh: with the user’s own key, known host, and settings', async () => {
      const project = clone(sshd.url(bare))
      const store = storeIn(project, sshd.variables('good'))
      expect(await store.get('prod')).toBeNull()
      expect(await store.createIfAbsent(first('prod'))).toMatchObject({ won: true })
      expect((await storeIn(clone(), {}).get('prod'))?.document.cluster).toBe('prod')
    })

    test('over ssh: a stranger is denied, an unknown host is not trusted, and nobody is asked', async () => {
      const project = clone(sshd.url(bare))
      await expect(storeIn(project, sshd.variables('stranger')).get('prod')).rejects.toMatchObject({
        code: 'K3SV_STORE_DENIED',
      })
      await expect(
        storeIn(project, sshd.variables('good', 'unknown')).get('prod'),
      ).rejects.toMatchObject({ code: 'K3SV_STORE_TLS' })
    })
  }
})
