// What the files of a project lack: the package, the configuration, ansible.cfg, the launcher.
import { dirname, join } from 'node:path'
import { shellWord } from '../../shell-word.js'
import { K3sVarsError } from '../../errors.js'
import { readIfThere } from '../files.js'
import type { NextItem, Outcome } from './outcome.js'
import { installCommand, NPX } from './own-command.js'
import { leftBehind, linesFor, needsLauncher } from './plan.js'
import { findPlugin } from './plugin-place.js'
import { CONFIG_NAMES, LAUNCHER, modeOf } from './project.js'
import type { Project } from './project.js'
import { ATTRIBUTES_LINE, HOST_TO_REPLACE } from './texts.js'

export function nextFiles(outcome: Outcome): NextItem[] {
  const { project, choices } = outcome
  return [
    ...packageItems(outcome),
    ...configItems(project),
    ...hostItems(project),
    ...cfgItems(outcome),
    ...failureItems(outcome),
    ...(needsLauncher(project, choices) ? launcherItems(project) : []),
  ]
}

function packageItems({ project, choices, launcher }: Outcome): NextItem[] {
  if (choices.way !== 'plugin') return []
  const { shared } = findPlugin(dirname(project.cfg.file), launcher)
  if (shared === 'yes') return []
  const text =
    shared === 'missing'
      ? 'install the package in this project: Ansible looks for the vars plugin there'
      : 'install the package in this project: the vars plugin that runs now lies where only this machine has it'
  return [{ about: 'package', text, commands: [installCommand(launcher), `${NPX} init`] }]
}

function configItems({ config, exists }: Project): NextItem[] {
  if (!(config instanceof K3sVarsError)) return []
  const file = CONFIG_NAMES.find(exists)
  return [
    {
      about: 'file',
      text: `correct ${file}: ${config.message}; ${config.hint}`,
      ...(config.location !== undefined && { place: config.location }),
    },
  ]
}

/** A new configuration has a host that nobody has. */
function hostItems({ config, exists }: Project): NextItem[] {
  if (config === undefined || config instanceof K3sVarsError) return []
  const isNew = config.clusters.some(({ hosts }) => HOST_TO_REPLACE in (hosts?.server ?? {}))
  if (!isNew) return []
  const file = CONFIG_NAMES.find(exists)!
  const text = `write your servers and agents into ${file}, in the place of ${HOST_TO_REPLACE}`
  return [{ about: 'file', text, place: { file } }]
}

function failureItems({ failure }: Outcome): NextItem[] {
  if (failure === undefined) return []
  const text = `Ansible could not be asked about the inventory, so nothing is known of it: ${failure.message}; ${failure.hint}`
  return [{ about: 'inventory', text }]
}

function cfgItems(outcome: Outcome): NextItem[] {
  const { project, before } = outcome
  const { file, isIgnored } = project.cfg
  const name = project.shown(file)
  const lines = linesFor(project, outcome)
  const items: NextItem[] = []
  if (isIgnored) {
    const text =
      'take the right to write here from others: Ansible ignores an ansible.cfg that anybody could have written'
    items.push({ about: 'file', text, commands: [`chmod o-w ${shellWord(dirname(name))}`] })
  }
  const left = leftBehind(before.cfg)
  if (left.length > 0 && project.cfg.isThere) {
    const text = `${name} takes the place of ${before.cfg.hidden!.file} here: copy what the project needs of ${left.join(', ')}`
    items.push({ about: 'file', text, place: { file: name } })
  }
  if (lines.length > 0) {
    items.push({ about: 'file', text: `add to ${name}`, place: { file: name }, lines })
  }
  return items
}

const CARRIAGE_RETURN = '\r'

function launcherItems({ folder, git, exists }: Project): NextItem[] {
  if (!exists(LAUNCHER)) return []
  const file = join(folder, LAUNCHER)
  const mode = modeOf(file)
  const items: NextItem[] = []
  if (mode !== undefined && (mode & 0o111) === 0) {
    const text = `make ${LAUNCHER} executable, or Ansible reads it as a list of hosts`
    items.push({
      about: 'file',
      text,
      place: { file: LAUNCHER },
      commands: [`chmod +x ${LAUNCHER}`],
    })
  }
  if (readIfThere(file)?.includes(CARRIAGE_RETURN)) {
    const text = `take the carriage returns out of ${LAUNCHER}: with them it does not run`
    const commands = [`sed -i 's/\\r$//' ${LAUNCHER}`]
    items.push({ about: 'file', text, place: { file: LAUNCHER }, commands })
  }
  if (!git.keepsLineEnds(LAUNCHER)) {
    const text = `add to .gitattributes, or ${LAUNCHER} does not run in a clone on Windows`
    const place = { file: '.gitattributes' }
    items.push({ about: 'git', text, place, lines: [ATTRIBUTES_LINE] })
  }
  return items
}
