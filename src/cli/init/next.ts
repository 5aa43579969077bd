// What is left to do when the files are written, in the order in which it is done. It is found by looking, so that a project
// that lacks nothing is told so and no other. next-files.ts is about files, next-tokens.ts about tokens, next-team.ts about the
// people who share the project.
import type { Config } from '../../config/config.js'
import type { K3sVarsError, Location } from '../../errors.js'
import type { CfgLine } from './cfg-lines.js'
import type { Choices } from './choices.js'
import type { InventoryLook } from './inventory.js'
import { nextFiles } from './next-files.js'
import { nextTeam } from './next-team.js'
import { nextTokens } from './next-tokens.js'
import type { Step } from './plan.js'
import type { Project } from './project.js'

/** One thing to do. */
export interface NextItem {
  readonly about: 'package' | 'file' | 'git' | 'vault' | 'inventory' | 'token' | 'team' | 'play'
  readonly text: string
  /** The file that it is about, as it is shown, and the line in it. */
  readonly place?: Location
  /** Lines that the file lacks: of an ansible.cfg with their sections. */
  readonly lines?: readonly (CfgLine | string)[]
  /** Whole command lines, in their order. */
  readonly commands?: readonly string[]
}

/** What is known when the files are written. */
export interface Outcome {
  readonly project: Project
  /** As it was before. */
  readonly before: Project
  readonly choices: Choices
  readonly steps: readonly Step[]
  readonly inventory: InventoryLook | undefined
  /** Why Ansible could not be asked. */
  readonly failure: K3sVarsError | undefined
  /** Undefined where the configuration cannot be loaded. */
  readonly config: Config | undefined
  /** The clusters that have no token yet. */
  readonly withoutToken: readonly string[]
  /** The program as it was called. */
  readonly launcher: string | undefined
}

/** Everything that is left; empty: the project is set up. */
export function listNext(outcome: Outcome): NextItem[] {
  const items = [...nextFiles(outcome), ...nextTokens(outcome), ...nextTeam(outcome)]
  return items.length === 0 ? [] : [...items, playItem(outcome)]
}

function playItem(outcome: Outcome): NextItem {
  const sources = sourceOptions(outcome)
  return {
    about: 'play',
    text: 'ask what every host of a play would get, and play',
    commands: [`k3s-vars check${sources}`, `ansible-playbook${sources} ${playbookOf(outcome)}`],
  }
}

/** ` -i FILE` for each source that neither ansible.cfg nor a line for it names; empty where none is needed. */
export function sourceOptions({ project, choices }: Outcome): string {
  if (choices.sources.length === 0 || project.cfg.sections.get('defaults')?.has('inventory')) {
    return ''
  }
  return choices.sources.map((source) => ` -i ${shellWord(project.shown(source))}`).join('')
}

function playbookOf({ project }: Outcome): string {
  const names = ['site.yml', 'playbooks/site.yml', 'site.yaml', 'cluster.yml', 'main.yml']
  return names.find(project.exists) ?? 'PLAYBOOK'
}

/** A word of a command line as one types it. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
