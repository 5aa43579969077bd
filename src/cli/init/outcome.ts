// What `init` knows when the files are written, and what it calls a thing that is left to do.
import type { Config } from '../../config/config.js'
import type { K3sVarsError, Location } from '../../errors.js'
import { shellWord } from '../../shell-word.js'
import type { CfgLine } from './cfg-lines.js'
import type { Choices } from './choices.js'
import type { InventoryLook } from './inventory.js'
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

/** ` -i FILE` for each source that neither ansible.cfg nor a line for it names; empty where none is needed. */
export function sourceOptions({ project, choices }: Outcome): string {
  if (choices.sources.length === 0 || project.cfg.sections.get('defaults')?.has('inventory')) {
    return ''
  }
  return choices.sources.map((source) => ` -i ${shellWord(project.shown(source))}`).join('')
}

/** What stands before the lines and commands of a thing to do. */
export const INDENT = '       '
