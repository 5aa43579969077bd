// What the others need who work on the project: the files in Git, and the vault password, which is not in it.
import { join } from 'node:path'
import { shellWord } from '../../shell-word.js'
import { readIfThere } from '../files.js'
import { COLUMNS, wrap } from '../wrap.js'
import { INDENT } from './outcome.js'
import type { NextItem, Outcome } from './outcome.js'
import { needsLauncher } from './plan.js'
import { CONFIG_NAMES, LAUNCHER } from './project.js'
import type { Project } from './project.js'
import { passwordFile } from './vault-password.js'

export function nextTeam(outcome: Outcome): NextItem[] {
  return [...ignoreItems(outcome), ...commitItems(outcome), ...passwordItems(outcome)]
}

const PACKAGES = 'node_modules'

function ignoreItems({ project: { git, exists } }: Outcome): NextItem[] {
  if (!exists(PACKAGES) || !git.isRepository()) return []
  if (git.isIgnored(PACKAGES) || git.isTracked(PACKAGES)) return []
  const text = 'add to .gitignore, so that installed packages stay out of Git'
  return [{ about: 'git', text, place: { file: '.gitignore' }, lines: [`/${PACKAGES}/`] }]
}

function commitItems(outcome: Outcome): NextItem[] {
  const { project, steps } = outcome
  const { git } = project
  const shared = filesToShare(outcome)
  if (!git.isRepository()) {
    if (!steps.some(({ action }) => action === 'create')) return []
    const text = `keep these files where everybody who runs Ansible has them, such as a Git repository; the tokens in them are sealed: ${shared.join(', ')}`
    return [{ about: 'git', text }]
  }
  // A package may have come from anywhere.
  const wanted = shared.filter((path) => git.isInside(path))
  const needsBit = wanted.includes(LAUNCHER) && git.isExecutable(LAUNCHER) !== true
  const lacking = wanted.filter((path) => path !== LAUNCHER && !git.isTracked(path))
  if (lacking.length === 0 && !needsBit) return []
  const ignored = lacking.filter((path) => git.isIgnored(path))
  const why = ignored.length === 0 ? '' : `; Git ignores ${ignored.join(' and ')} so far`
  return [
    {
      about: 'git',
      text: `commit what everybody needs who runs Ansible here; the tokens in it are sealed${why}`,
      commands: [
        // Those that Git has already may have changed for us.
        ...addCommands(wanted.filter((path) => path !== LAUNCHER && !ignored.includes(path))),
        ...addCommands(ignored, '--force '),
        ...(needsBit ? [`git add --chmod=+x ${LAUNCHER}`] : []),
        'git commit',
      ],
    },
  ]
}

/** What is added for each command line, which has to fit a terminal as the others do. */
const WIDTH = COLUMNS - 'git add --force '.length - INDENT.length

function addCommands(paths: readonly string[], option = ''): string[] {
  if (paths.length === 0) return []
  return wrap(paths.map(shellWord).join(' '), '', WIDTH).map((line) => `git add ${option}${line}`)
}

/** Relative to the folder, as far as they lie in it. */
function filesToShare({ project, choices, config }: Outcome): string[] {
  const { exists, shown, cfg } = project
  const paths = [
    CONFIG_NAMES.find(exists) ?? CONFIG_NAMES[0]!,
    ...(cfg.isThere ? [shown(cfg.file)] : []),
    ...['.gitignore', '.gitattributes'].filter(exists),
    ...(needsLauncher(project, choices) ? [LAUNCHER] : []),
    ...packageFiles(project),
    ...(config?.clusters ?? [])
      .filter(({ encrypt }) => encrypt === 'always')
      .flatMap(({ store }) => (store.kind === 'file' ? [shown(store.folder)] : [])),
  ]
  return [...new Set(paths)].filter((path) => !path.startsWith('/'))
}

/** What installs the package in a clone of the project, and the package itself where it came from a file. */
function packageFiles({ folder, exists }: Project): string[] {
  const wanted = declaredPackage(readIfThere(join(folder, PACKAGE)) ?? '')
  if (wanted === undefined) return []
  const packed = /^file:(.+\.tgz)$/.exec(wanted)?.[1]
  return [PACKAGE, 'package-lock.json', ...(packed === undefined ? [] : [packed])].filter(exists)
}

const PACKAGE = 'package.json'

/** Which version of the package, or which file, a package.json asks for; undefined where it asks for none or cannot be read. */
function declaredPackage(text: string): string | undefined {
  try {
    const { dependencies, devDependencies } = JSON.parse(text) as Record<string, unknown>
    const all = { ...(dependencies as object), ...(devDependencies as object) }
    const wanted = (all as Record<string, unknown>)['k3s-vars']
    return typeof wanted === 'string' ? wanted : undefined
  } catch {
    return undefined
  }
}

/** A password that was made here, or that the first token is about to need, is at one place only. */
function passwordItems({ project, steps, withoutToken, choices }: Outcome): NextItem[] {
  const { vaultId } = choices
  // The passwords of other stages open no token of this one.
  const sources = project.vault.sources.filter(({ id }) => vaultId === undefined || id === vaultId)
  const own = passwordFile(project)
  const files = sources.flatMap(({ kind, path }) =>
    kind === 'file' && path !== undefined ? [project.shown(path)] : [],
  )
  const names = [...new Set([...files, ...(own === undefined ? [] : [own])])]
  const prompts = sources.flatMap(({ kind, id }) =>
    kind === 'prompt' ? [`the vault password ${id}`] : [],
  )
  const isNew = steps.some(({ action, path }) => action === 'create' && names.includes(path))
  const what = [...names, ...prompts].join(' and ')
  if (what === '' || (!isNew && withoutToken.length === 0)) return []
  const text = `keep a copy of ${what} in a password manager, and never in Git: without it the tokens and all snapshots of the cluster are lost`
  return [{ about: 'team', text }]
}
