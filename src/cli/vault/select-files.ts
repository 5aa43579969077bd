// Which files a vault command works on, and as what.
import { UsageError, VaultError } from '../../errors.js'
import { compileGlobs } from '../../files/glob.js'
import { listFiles } from '../../ansible-files/tree/list.js'
import type { TreeFile, TreeProblem } from '../../ansible-files/tree/list.js'
import { isHidden, isVarsFile, kindOfFile } from '../../ansible-files/file-kind.js'
import type { FileKind } from '../../ansible-files/file-kind.js'
import type { Call } from '../command.js'

export interface SelectedFile {
  readonly name: string
  /** Absolute. */
  readonly file: string
  readonly kind: FileKind
  /** Positions of the arguments that lead to it, from 0. */
  readonly roots: readonly number[]
}

export interface Selection {
  /** The arguments. */
  readonly paths: readonly string[]
  readonly files: readonly SelectedFile[]
  readonly failures: readonly SelectionFailure[]
}

/** What could not be looked at, and the position of the argument that led there. */
export interface SelectionFailure {
  readonly root: number
  readonly error: VaultError
}

/**
 * The files that the arguments name, and those in the folders that they name. A folder brings in what Ansible reads:
 * with `purpose` `seal` only files that hold variables and nothing else, since a playbook or an inventory among them
 * would surprise; with `values` every YAML file and inventory; with `sealed` every file, as its own text tells.
 */
export function selectFiles(call: Call, purpose: 'seal' | 'values' | 'sealed'): Selection {
  const { input, io } = call
  const paths = input.list('paths')
  if (paths.length === 0)
    throw new UsageError('K3SV_USAGE', 'name a file or a folder', {
      hint: 'such as group_vars, or . for all below this folder',
    })
  const listing = listFiles(paths, {
    environment: io.environment,
    ignore: input.list('ignore'),
    gitIgnored: input.has('all') ? 'include' : 'skip',
  })
  const include = input.list('include')
  const isIncluded = include.length > 0 ? compileGlobs(include) : undefined
  const files = listing.files.flatMap((found): SelectedFile[] => {
    const isNamed = paths.includes(found.path)
    const kind = kindFor(found, isNamed)
    const isWanted =
      isNamed || (isIncluded ? isIncluded(found.path) : isBrought(found.path, kind, purpose))
    const { path, file, roots } = found
    return isWanted ? [{ name: path, file, kind, roots }] : []
  })
  const failures = listing.problems.map((problem) => ({
    root: problem.root,
    error: failure(problem),
  }))
  return { paths, files, failures }
}

/** Of a file that somebody names its text tells what its name does not. */
function kindFor({ path }: TreeFile, isNamed: boolean): FileKind {
  const kind = kindOfFile(path)
  return isNamed && kind === 'other' ? 'either' : kind
}

function isBrought(path: string, kind: FileKind, purpose: 'seal' | 'values' | 'sealed'): boolean {
  if (isHidden(path)) return false
  if (purpose === 'sealed') return true
  return purpose === 'seal' ? isVarsFile(path) : kind !== 'other'
}

/** What was typed is not repeated where nothing is found there. */
function failure({ root, path, reason }: TreeProblem): VaultError {
  const what = {
    missing: ['does not exist', 'relative paths begin at the current folder'],
    unreadable: ['cannot be read', 'see whether you may read it'],
    'not a file': ['is no file', 'name regular files and folders'],
  } as const
  const [wrong, hint] = what[reason]
  const subject = path === undefined ? `path ${root + 1} of the arguments` : 'this'
  return new VaultError('K3SV_VAULT_FILE', `${subject} ${wrong}`, {
    hint,
    location: path === undefined ? undefined : { file: path },
  })
}
