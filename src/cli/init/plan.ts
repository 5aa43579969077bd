// `k3s-vars init`. Begin here: this is what it writes, as data. project.ts looks at what there is, inventory.ts asks Ansible for
// the hosts and found-tokens.ts for tokens among their variables, choices.ts decides what is set up, and next.ts, when the files
// are written, looks once more and lists what is left to do. Nothing that exists is ever changed.
import { dirname, join, relative, resolve } from 'node:path'
import { isOurs } from '../../ansible-play/sources.js'
import type { Secret } from '../../secret.js'
import { missingLines } from './cfg-lines.js'
import type { CfgLine } from './cfg-lines.js'
import type { Choices } from './choices.js'
import { LAUNCHER_TEXT } from './launcher-text.js'
import { findPlugin, findSchema } from './plugin-place.js'
import { CONFIG_NAMES, LAUNCHER } from './project.js'
import type { Project, ProjectCfg } from './project.js'
import { lacksPassword, passwordFile } from './vault-password.js'
import { ansibleCfgText, ATTRIBUTES_LINE, configText } from './texts.js'

export interface PlanOptions {
  readonly choices: Choices
  /** The program as it was called. */
  readonly launcher: string | undefined
  /** The text of a new vault password file. */
  readonly password: () => Secret
}

/** A file; its path is relative to the folder. */
export type Step =
  | {
      readonly action: 'create'
      readonly path: string
      readonly text: string | Secret
      readonly mode: number
    }
  | { readonly action: 'keep'; readonly path: string }

const GITIGNORE = '.gitignore'
const GITATTRIBUTES = '.gitattributes'

/** The files of a project, in the order in which they are written. */
export function planFiles(project: Project, options: PlanOptions): Step[] {
  const { choices, password } = options
  const { cfg, git } = project
  const ensure = (path: string, text: () => string | Secret, mode = 0o644): Step =>
    project.exists(path) ? { action: 'keep', path } : { action: 'create', path, text: text(), mode }
  const config = CONFIG_NAMES.find(project.exists) ?? CONFIG_NAMES[0]!
  const steps = [
    ensure(config, () => configText(choices, findSchema(project.folder, options.launcher))),
    ensure(project.shown(cfg.file), () =>
      ansibleCfgText([...carriedLines(cfg), ...linesFor(project, options)]),
    ),
  ]
  const file = passwordFile(project)
  if (file !== undefined) {
    steps.push(ensure(file, password, 0o600))
    if (!git.isIgnored(file)) steps.push(...newFile(project, GITIGNORE, ignoreText(project, file)))
  }
  if (needsLauncher(project, choices)) {
    steps.push(ensure(LAUNCHER, () => LAUNCHER_TEXT, 0o755))
    if (!git.keepsLineEnds(LAUNCHER)) {
      steps.push(...newFile(project, GITATTRIBUTES, `${ATTRIBUTES_LINE}\n`))
    }
  }
  return steps
}

/** The vault password, and the packages that are installed here. */
function ignoreText({ exists }: Project, passwordFile: string): string {
  return `/${passwordFile}\n${exists('node_modules') ? '/node_modules/\n' : ''}`
}

/** A source of ours that plays have already is as good. */
export function needsLauncher(
  { exists }: Project,
  { way, hasOurs, isLauncherWanted }: Choices,
): boolean {
  return way === 'source' && isLauncherWanted && (!hasOurs || exists(LAUNCHER))
}

/** Nothing where the file is there already: what it lacks is told as something to do. */
function newFile(project: Project, path: string, text: string): Step[] {
  return project.exists(path) ? [] : [{ action: 'create', path, text, mode: 0o644 }]
}

/** What opens the vault texts of the project, and may stand in the ansible.cfg that a new one hides. */
const CARRIED = [
  ...['vault_identity_list', 'vault_password_file', 'ask_vault_pass', 'vault_identity'],
  ...['vault_encrypt_identity', 'vault_id_match'],
]

function carriedLines({ hidden }: ProjectCfg): CfgLine[] {
  if (hidden === undefined) return []
  const settings = hidden.sections.get('defaults')
  return CARRIED.flatMap((key) => {
    const value = settings?.get(key)
    if (value === undefined) return []
    // The one that is relative to its ansible.cfg.
    const isPath = key === 'vault_password_file' && !value.startsWith('~')
    return [
      { section: 'defaults', key, value: isPath ? resolve(dirname(hidden.file), value) : value },
    ]
  })
}

/** What stands in the hidden ansible.cfg and in no new one, by section and key. */
export function leftBehind({ hidden }: ProjectCfg): readonly string[] {
  if (hidden === undefined) return []
  const ours = [...CARRIED, 'inventory', 'vars_plugins_enabled', 'any_unparsed_is_failed']
  return [...hidden.sections.values()].flatMap((settings) =>
    [...settings.keys()].filter((key) => !ours.includes(key)),
  )
}

/** The lines of ansible.cfg that the project needs and does not have. */
export function linesFor(
  project: Project,
  { choices, launcher }: Pick<PlanOptions, 'choices' | 'launcher'>,
): CfgLine[] {
  const { folder, cfg } = project
  const home = dirname(cfg.file)
  const named = (path: string): string => relative(home, path) || '.'
  const words = {
    isOurSource: (word: string): boolean => isOurs(resolve(home, word)),
    isSamePath: (one: string, other: string): boolean =>
      resolve(home, one) === resolve(home, other),
  }
  const file = lacksPassword(project) ? passwordFile(project) : undefined
  const needs = {
    ...(choices.way === 'plugin' && { plugin: findPlugin(home, launcher) }),
    ...((choices.hasOurs || needsLauncher(project, choices)) && {
      source: named(join(folder, LAUNCHER)),
    }),
    // What a play is started with is up to the user, where there is an ansible.cfg that leaves it open.
    others: cfg.isThere
      ? []
      : choices.sources.map((source) => (source.includes(',') ? source : named(source))),
    ...(file !== undefined && { passwordFile: named(join(folder, file)) }),
  }
  return missingLines(cfg.sections, needs, words)
}
