// Reads kubeconfig files and merges them: of several, the first that has a name counts, and paths are meant from their own file.
import { delimiter, dirname, join, resolve } from 'node:path'
import type { Environment } from '../environment.js'
import { ClusterError } from '../errors.js'
import { FileError } from '../files/file-error.js'
import { readGuarded } from '../files/guarded-read.js'
import { isMapping } from '../yaml/mapping.js'
import { readYaml, YamlSyntaxError } from '../yaml/read.js'

/** What a file says of a cluster, a user or a context. */
export interface Entry {
  readonly value: Readonly<Record<string, unknown>>
  /** The folder of the file that it stands in. */
  readonly folder: string
  /**
   * A file that it names, whole.
   * @throws ClusterError `K3SV_CLUSTER_KUBECONFIG`
   */
  readonly readBeside: (path: string, what: string) => Buffer
}

const KINDS = ['clusters', 'users', 'contexts'] as const

export type Merged = Readonly<Record<(typeof KINDS)[number], ReadonlyMap<string, Entry>>> & {
  readonly currentContext: string | undefined
}

interface Where {
  readonly environment: Environment
  readonly file?: string | undefined
}

const MOST_BYTES = 1024 * 1024

/** @throws ClusterError `K3SV_CLUSTER_KUBECONFIG` */
export function readFiles(where: Where): Merged {
  // What was typed is not repeated.
  const isShown = where.file === undefined
  const found = pathsOf(where).flatMap((path) => {
    const place = { path, isShown }
    const text = read(place, 'the kubeconfig')
    return text === null ? [] : [parse(text.toString('utf8'), place)]
  })
  if (found.length === 0) {
    throw new ClusterError('K3SV_CLUSTER_KUBECONFIG', 'there is no kubeconfig', {
      hint: 'copy /etc/rancher/k3s/k3s.yaml from a server, put its address in, and name it with --kubeconfig or KUBECONFIG',
    })
  }
  return merge(found)
}

function pathsOf({ environment, file }: Where): readonly string[] {
  const { cwd, home, variables } = environment
  if (file !== undefined) return [resolve(cwd, file)]
  const named = (variables['KUBECONFIG'] ?? '').split(delimiter).filter((path) => path !== '')
  if (named.length > 0) return named.map((path) => resolve(cwd, path))
  return home === undefined ? [] : [join(home, '.kube/config')]
}

interface Place {
  readonly path: string
  readonly isShown: boolean
}

interface Parsed extends Place {
  readonly value: Readonly<Record<string, unknown>>
}

function parse(text: string, place: Place): Parsed {
  try {
    const { value } = readYaml(text)
    if (isMapping(value)) return { ...place, value }
    throw broken(place, 'is no mapping')
  } catch (error) {
    if (!(error instanceof YamlSyntaxError)) throw error
    throw broken(place, 'is not valid YAML')
  }
}

function merge(files: readonly Parsed[]): Merged {
  const all = Object.fromEntries(
    KINDS.map((kind) => {
      const entries = files.flatMap((file) => entriesOf(file, kind))
      // The first of a name counts, so it is put in last.
      return [kind, new Map(entries.reverse())]
    }),
  ) as Record<(typeof KINDS)[number], Map<string, Entry>>
  const current = files
    .map(({ value }) => value['current-context'])
    .find((name): name is string => typeof name === 'string' && name !== '')
  return { ...all, currentContext: current }
}

function entriesOf(
  { path, isShown, value }: Parsed,
  kind: (typeof KINDS)[number],
): readonly (readonly [string, Entry])[] {
  const list: unknown = value[kind]
  if (!Array.isArray(list)) return []
  const folder = dirname(path)
  const readBeside = (named: string, what: string): Buffer => {
    const place = { path: resolve(folder, named), isShown }
    const bytes = read(place, `the ${what} of the kubeconfig`)
    if (bytes !== null) return bytes
    throw broken(place, `the ${what} of the kubeconfig is not there`)
  }
  return list.flatMap((item: unknown) => {
    if (!isMapping(item)) return []
    const [name, own] = [item['name'], item[kind.slice(0, -1)]]
    if (typeof name !== 'string' || !isMapping(own)) return []
    return [[name, { value: own, folder, readBeside }] as const]
  })
}

/** Null where there is none. */
function read(place: Place, what: string): Buffer | null {
  try {
    return (
      readGuarded(place.path, { from: 'file', links: 'follow', most: MOST_BYTES })?.bytes ?? null
    )
  } catch (error) {
    if (error instanceof FileError) throw broken(place, `${what} cannot be read`)
    throw error
  }
}

function broken({ path, isShown }: Place, wrong: string): ClusterError {
  const message = wrong.startsWith('the ') ? wrong : `the kubeconfig ${wrong}`
  return new ClusterError('K3SV_CLUSTER_KUBECONFIG', message, {
    ...(isShown && { location: { file: path } }),
    hint: 'try it with kubectl, or name another file with --kubeconfig',
  })
}
