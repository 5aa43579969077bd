// The documents of a store's folder as Git has them, in every ref. They are looked up for the whole folder at once, because a
// fleet has thousands of them. Nothing is told of what Git cannot say.
import { realpathSync } from 'node:fs'
import type { ClusterDocument } from '../../document/document.js'
import { parseDocument } from '../../document/text.js'
import { K3sVarsError } from '../../errors.js'
import type { Environment } from '../../environment.js'
import { askGit } from '../../files/git.js'

/** A document as it stands in a commit. */
export interface CommittedDocument {
  readonly commit: string
  readonly document: ClusterDocument
  /** Where the commit is: in what led to the commit that is checked out, as that one has it, or elsewhere. */
  readonly place: 'head' | 'before' | 'elsewhere'
}

/** What Git has of each cluster's document, the newest commit first; of a clone without its whole history, not everything. */
export interface CommittedDocuments {
  readonly isComplete: boolean
  /** In the order of the clusters, all of them read by one process. */
  readonly of: (clusters: readonly string[]) => readonly (readonly CommittedDocument[])[]
}

/** Milliseconds for each question. A large repository's whole history takes some seconds. */
const PATIENCE = 60_000
/** Versions of a document that are looked at, the newest. */
const MOST_VERSIONS = 50
const FILE_MODE = /^100/
const OBJECT = /^[0-9a-f]{40,64}$/

/** Undefined where the folder is in no repository, or Git cannot be asked. */
export function readCommitted(
  folder: string,
  environment: Environment,
): CommittedDocuments | undefined {
  const ask = questioner(folder, environment)
  const top = ask?.([
    'rev-parse',
    '--is-inside-work-tree',
    '--is-shallow-repository',
    '--show-prefix',
  ])
  if (!ask || top === undefined) return undefined
  const [isInside, isShallow, ...prefix] = top.slice(0, -1).split('\n')
  if (isInside !== 'true') return undefined
  const commits = ask(['rev-list', '--all', '--full-history', '--', '.'])
  const changes = commits === undefined ? undefined : changesIn(commits, ask)
  if (changes === undefined) return undefined
  const led = new Set(ask(['rev-list', '--full-history', 'HEAD', '--', '.'])?.split('\n'))
  const head = headIn(ask)
  const paths = prefix.join('\n')
  return {
    isComplete: isShallow === 'false',
    of: (clusters) => {
      const versions = clusters.map((cluster) => {
        const path = `${paths}${Buffer.from(cluster).toString('latin1')}.yml`
        return (changes.get(path) ?? []).slice(0, MOST_VERSIONS).map((one) => ({ ...one, path }))
      })
      const texts = readObjects(versions.flat(), ask)
      let next = 0
      return versions.map((ofOne, index) =>
        ofOne.flatMap(({ commit, object, path }): CommittedDocument[] => {
          const document = parse(texts[next++], clusters[index]!)
          if (document === undefined) return []
          const isHead = head.get(path) === object
          return [
            { commit, document, place: isHead ? 'head' : led.has(commit) ? 'before' : 'elsewhere' },
          ]
        }),
      )
    },
  }
}

/** A question to Git in the folder: its answer, a letter for each byte, or undefined where it fails. */
type Ask = (args: readonly string[], input?: string) => string | undefined

function questioner(folder: string, environment: Environment): Ask | undefined {
  let there: string
  try {
    there = realpathSync(folder)
  } catch {
    return undefined
  }
  return (args, input) => {
    const { status, stdout } = askGit({
      folder: there,
      // A path is a path, whatever stars it has, and no commit is replaced by another.
      args: ['--literal-pathspecs', '--no-replace-objects', ...args],
      environment,
      patience: PATIENCE,
      ...(input !== undefined && { input }),
    })
    return status === 0 ? stdout.toString('latin1') : undefined
  }
}

interface Version {
  readonly commit: string
  readonly object: string
}

type Versions = ReadonlyMap<string, readonly Version[]>

/** Every version of every path that the commits brought, in their order; a merge counts against each of its parents. */
function changesIn(commits: string, ask: Ask): Versions | undefined {
  const found = new Map<string, Version[]>()
  const answer =
    commits === ''
      ? ''
      : ask(['diff-tree', '--stdin', '--root', '-r', '-m', '-z', '--', '.'], commits)
  if (answer === undefined) return undefined
  const words = answer.split('\0')
  let commit = ''
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!
    if (OBJECT.test(word)) commit = word
    if (!word.startsWith(':')) continue
    // `:old-mode new-mode old-object new-object status`, and the path as the next word.
    const [, mode = '', , object = ''] = word.split(' ')
    const path = words[++at]!
    const versions = found.get(path) ?? []
    found.set(path, versions)
    const isNew = !versions.some((version) => version.object === object)
    if (FILE_MODE.test(mode) && isNew) versions.push({ commit, object })
  }
  return found
}

/** The object of each path in the commit that is checked out; none where there is none yet. */
function headIn(ask: Ask): ReadonlyMap<string, string> {
  const listed = ask(['ls-tree', '-z', '--full-name', 'HEAD', '--', '.'])?.split('\0') ?? []
  return new Map(
    listed.map((line) => {
      const [entry = '', path = ''] = line.split('\t')
      return [path, entry.split(' ')[2] ?? '']
    }),
  )
}

/** What the objects hold; undefined for one that is not there, as in a partial clone. */
function readObjects(versions: readonly Version[], ask: Ask): readonly (string | undefined)[] {
  if (versions.length === 0) return []
  const names = versions.map(({ object }) => `${object}\n`).join('')
  const answer = ask(['cat-file', '--batch'], names) ?? ''
  let at = 0
  return versions.map(() => {
    const end = answer.indexOf('\n', at)
    const [, kind, size = '0'] = answer.slice(at, Math.max(end, at)).split(' ')
    const start = end + 1
    if (end < 0 || kind !== 'blob') {
      at = end < 0 ? answer.length : start
      return undefined
    }
    at = start + Number(size) + 1
    return Buffer.from(answer.slice(start, at - 1), 'latin1').toString()
  })
}

/** Undefined for a text that is no document of the cluster: one that was damaged, or of a newer schema. */
function parse(text: string | undefined, cluster: string): ClusterDocument | undefined {
  if (text === undefined) return undefined
  try {
    return parseDocument(text, { cluster, file: cluster })
  } catch (error) {
    if (error instanceof K3sVarsError) return undefined
    throw error
  }
}
