// Which repository is asked, and from where: the one around `k3s_vars.yml`, whose remotes, keys and settings the user has set up; where
// there is none, an empty one of our own in the cache.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '../../environment.js'
import { askGit } from '../../files/git.js'
import type { GitSpec } from '../../store-spec.js'
import { unusable } from './fault.js'

export interface Place {
  /** Where Git is asked. */
  readonly folder: string
  /** What stands before the command: which repository, where it is not the one around the folder. */
  readonly inRepository: readonly string[]
  /** What is asked and pushed to: the name of a remote, or a URL. */
  readonly remote: string
  /** The URL without a password, for people. */
  readonly shown: string
  /** Whether it is asked over http, where any web server may answer. */
  readonly isWeb: boolean
  /** The local ref that remembers what was seen there last. */
  readonly seen: string
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/** @throws StoreError `K3SV_STORE_SETTINGS` */
export function findPlace(spec: GitSpec, environment: Environment): Place {
  const { base: folder, remote, ref } = spec
  const { status, stdout } = askGit({
    folder,
    args: ['remote', '--verbose'],
    environment,
  })
  const hasRepository = status === 0
  const isName = !/[:/\\]/.test(remote)
  const urls = isName ? urlsOf(remote, stdout.toString()) : []
  // What is read must be what was pushed to.
  const url = isName ? urls.find(({ use }) => use === 'push')?.url : remote
  if (url === undefined) {
    throw unusable(
      hasRepository
        ? `the repository around k3s_vars.yml has no remote ${remote}`
        : `there is no Git repository around k3s_vars.yml that could have a remote ${remote}`,
      'add it: git remote add NAME URL; or give the URL as `remote`',
    )
  }
  const shown = judge(url)
  const isOne = isName && new Set(urls.map((one) => one.url)).size === 1
  const key = hash(`${url}\0${ref}`)
  return {
    folder,
    inRepository: hasRepository ? [] : ['--git-dir', makeCache(key, environment)],
    remote: isOne ? remote : url,
    shown,
    isWeb: /^https?:/i.test(url),
    seen: `refs/k3s_vars-seen/${key}`,
  }
}

interface RemoteUrl {
  readonly url: string
  readonly use: string
}

/** What `git remote --verbose` has of a remote: with a user's own abbreviations written out. */
function urlsOf(name: string, listed: string): readonly RemoteUrl[] {
  return listed.split('\n').flatMap((line): readonly RemoteUrl[] => {
    const [, url, use] =
      (line.startsWith(`${name}\t`) && /^[^\t]*\t(.+) \((fetch|push)\)/.exec(line)) || []
    return url === undefined || use === undefined ? [] : [{ url, use }]
  })
}

/** The URL as it may be shown. @throws StoreError where it leads over an open wire, or asks for a program */
function judge(url: string): string {
  const [, scheme = ''] = /^([a-z][a-z0-9+.-]*):(?:\/\/|:)/i.exec(url) ?? []
  if (scheme === '') return url
  if (!URL.canParse(url) || !['ssh:', 'https:', 'http:', 'file:'].includes(new URL(url).protocol)) {
    throw unusable(`the remote is reached by ${scheme}`, 'use ssh, https, or a path')
  }
  const parsed = new URL(url)
  if (parsed.protocol === 'http:' && !LOOPBACK.test(parsed.hostname)) {
    throw unusable(
      `the Git server at ${parsed.host} would be asked without TLS`,
      'use https:// or ssh; plain http is for this very machine',
    )
  }
  parsed.password = ''
  return parsed.href
}

/** A bare repository for the objects, which nobody else can read. */
function makeCache(key: string, environment: Environment): string {
  const { variables, home } = environment
  const caches = variables['XDG_CACHE_HOME'] || (home && join(home, '.cache'))
  if (!caches) {
    throw unusable(
      'there is no folder for what Git fetches: no repository around k3s_vars.yml, and no home',
      'set XDG_CACHE_HOME',
    )
  }
  const parent = join(caches, 'k3s_vars', 'git')
  const repository = join(parent, `${key}.git`)
  if (existsSync(join(repository, 'HEAD'))) return repository
  const unusableCache = () =>
    unusable(
      `Git can make no repository in ${parent}, where what it fetches is kept`,
      'correct its rights, or set XDG_CACHE_HOME',
    )
  try {
    mkdirSync(parent, { recursive: true, mode: 0o700 })
    // Appears whole: others may be making it, too.
    const made = mkdtempSync(`${repository}-`)
    const args = ['init', '--quiet', '--bare', '--template=', made]
    const { status } = askGit({ folder: parent, args, environment })
    if (status === 0 && !isRenamed(made, repository)) rmSync(made, { recursive: true })
  } catch {
    throw unusableCache()
  }
  if (existsSync(join(repository, 'HEAD'))) return repository
  throw unusableCache()
}

/** False where another was faster. */
function isRenamed(from: string, to: string): boolean {
  try {
    renameSync(from, to)
    return true
  } catch {
    return false
  }
}

function hash(text: string): string {
  const { createHash } = process.getBuiltinModule('node:crypto')
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
