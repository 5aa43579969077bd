// Vault password files that lie in the tree or can be read by others: those that an ansible.cfg of the tree names, and those
// that go by a usual name. None of them is run, and nothing of what they hold is kept.
import { basename, dirname } from 'node:path'
import type { Environment } from '../environment.js'
import { statIfSeen } from '../files/look.js'
import { K3sVarsError } from '../errors.js'
import type { TreeFile } from '../ansible-files/tree/list.js'
import { listByGit } from '../ansible-files/tree/git.js'
import { isVaultText } from '../vault/envelope.js'
import { readSettings } from '../vault/settings.js'
import { listSources } from '../vault/sources.js'
import { traitsOf } from './file-traits.js'
import { findingOf } from './finding.js'
import type { ScanFinding } from './finding.js'
import { readTextFile } from './read-text.js'

const USUAL = /^\.?(?:[\w-]+[._-])?vault[._-]?pass(?:word|wd|phrase)?(?:[._-][\w.-]*)?$/i
const OTHER_TYPES =
  /\.(?:ya?ml|json|md|j2|py|sh|rb|js|ts|pl|php|html?|example|sample|enc|gpg|age|asc)$/i
const BY_OTHERS = 0o077
const EXECUTABLE = 0o111

/**
 * The findings about vault password files.
 * @param files what is scanned
 */
export function findPasswordFiles(
  files: readonly TreeFile[],
  environment: Environment,
): ScanFinding[] {
  const inTree = new Map(files.map((file) => [file.file, file]))
  const usual = files.filter(({ file }) => hasUsualName(file)).map(({ file }) => file)
  const named = files
    .filter(({ file }) => basename(file) === 'ansible.cfg')
    .flatMap(({ file }) => namedBy(file, environment))
  return [...new Set([...usual, ...named])].flatMap((file) =>
    inspectPasswordFile(file, inTree.get(file), environment),
  )
}

function hasUsualName(file: string): boolean {
  const name = basename(file)
  return USUAL.test(name) && !OTHER_TYPES.test(name) && !traitsOf(name, '').isSample
}

/** The password files of an ansible.cfg, found as Ansible would if it were started in that folder. */
function namedBy(cfg: string, { home }: Environment): string[] {
  const from = { variables: { ANSIBLE_CONFIG: cfg }, cwd: dirname(cfg), home }
  try {
    const sources = listSources(readSettings(from), from)
    return sources.flatMap(({ path }) => (path === undefined ? [] : [path]))
  } catch (error) {
    // An ansible.cfg that Ansible refuses is for `check` to tell.
    if (error instanceof K3sVarsError) return []
    throw error
  }
}

function inspectPasswordFile(
  file: string,
  entry: TreeFile | undefined,
  environment: Environment,
): ScanFinding[] {
  const content = readTextFile(file)
  const isPassword =
    content.form === 'text' &&
    (content.mode & EXECUTABLE) === 0 &&
    content.text.trim() !== '' &&
    !content.text.startsWith('#!') &&
    !isVaultText(content.text)
  if (!isPassword) return []
  const found = (rule: 'password-file' | 'password-file-mode'): ScanFinding =>
    findingOf({ rule, form: 'vault-file', key: '' }, { path: entry?.path ?? file, file })
  const findings: ScanFinding[] = []
  if (entry !== undefined) {
    const inGit = entry.inGit ?? isTakenByGit(file, environment)
    const severity = inGit === undefined ? 'note' : 'error'
    if (inGit !== false) findings.push({ ...found('password-file'), severity })
  }
  if (((statIfSeen(file)?.mode ?? 0) & BY_OTHERS) !== 0) findings.push(found('password-file-mode'))
  return findings
}

/** Undefined outside a repository. */
function isTakenByGit(file: string, environment: Environment): boolean | undefined {
  const listed = listByGit(dirname(file), environment)
  return listed === null || listed === 'late' ? undefined : listed.paths.includes(basename(file))
}
