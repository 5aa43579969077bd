// What the files of a project lack: the package, ansible.cfg, the launcher, what Git does with them.
import { dirname, join } from 'node:path'
import { K3sVarsError } from '../../errors.js'
import { readIfThere } from '../files.js'
import { shellWord } from './next.js'
import type { NextItem, Outcome } from './next.js'
import { leftBehind, linesFor } from './plan.js'
import { findPlugin } from './plugin-place.js'
import { CONFIG_NAMES, LAUNCHER, modeOf } from './project.js'
import type { Project } from './project.js'
import { ATTRIBUTES_LINE } from './texts.js'
import { isSealed, lacksPassword, passwordFile } from './vault-password.js'

const INSTALL = 'npm install --save-dev k3s-vars'

export function nextFiles(outcome: Outcome): NextItem[] {
  const { project, choices } = outcome
  return [
    ...packageItems(outcome),
    ...configItems(project),
    ...cfgItems(outcome),
    ...passwordItems(project),
    ...(choices.way === 'source' ? launcherItems(project) : []),
  ]
}

function packageItems({ project, choices, launcher }: Outcome): NextItem[] {
  if (choices.way !== 'plugin') return []
  const { shared } = findPlugin(dirname(project.cfg.file), launcher)
  if (shared === 'yes') return []
  const text =
    shared === 'missing'
      ? 'install the package in the project, where the vars plugin is looked for'
      : 'have the package in the project: the vars plugin of this machine has a path that nobody else has'
  return [{ about: 'package', text, commands: [INSTALL, 'k3s-vars init'] }]
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

function cfgItems(outcome: Outcome): NextItem[] {
  const { project, before } = outcome
  const { file, isIgnored } = project.cfg
  const name = project.shown(file)
  const lines = linesFor(project, outcome)
  const items: NextItem[] = []
  if (isIgnored) {
    const text = 'everybody can write the folder, so Ansible leaves its ansible.cfg out'
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

/** Files with passwords are kept out of Git; scripts that fetch one may be in it. */
function passwordItems(project: Project): NextItem[] {
  const { vault, git, folder } = project
  if (lacksPassword(project) && passwordFile(project) === undefined) {
    const text =
      'no vault password is configured, and a new one would not open what is sealed here: name the former one in ansible.cfg, with vault_password_file or vault_identity_list'
    return [{ about: 'vault', text }]
  }
  return vault.sources.flatMap(({ path, kind, problem }): NextItem[] => {
    if (path === undefined) return []
    const name = project.shown(path)
    if (problem !== undefined) {
      const isLost = kind === undefined && isSealed(project)
      const text = isLost
        ? `bring ${name} back: a new password would not open what is sealed here`
        : `${problem}: correct it, or take it out of ansible.cfg`
      return [{ about: 'vault', text, place: { file: name } }]
    }
    if (kind !== 'file' || name.startsWith('/')) return []
    if (git.isTracked(name)) return [trackedItem(name)]
    if (git.isIgnored(name) || !git.isRepository()) return []
    const text = 'add to .gitignore, which lets Git take the vault password'
    return [{ about: 'git', text, place: { file: '.gitignore' }, lines: [`/${name}`] }]
  })
}

function trackedItem(name: string): NextItem {
  return {
    about: 'git',
    text: `Git has ${name}, and so the vault password has everybody who has the repository: take it out, and seal anew with another one`,
    place: { file: name },
    commands: [`git rm --cached ${shellWord(name)}`],
  }
}

const CARRIAGE_RETURN = '\r'

function launcherItems({ folder, git, exists }: Project): NextItem[] {
  if (!exists(LAUNCHER)) return []
  const file = join(folder, LAUNCHER)
  const mode = modeOf(file)
  const items: NextItem[] = []
  if (mode !== undefined && (mode & 0o111) === 0) {
    const text = `make ${LAUNCHER} executable: Ansible reads it as a list of hosts otherwise`
    items.push({ about: 'file', text, place: { file: LAUNCHER }, commands: [`chmod +x ${LAUNCHER}`] })
  }
  if (readIfThere(file)?.includes(CARRIAGE_RETURN)) {
    const text = `take the carriage returns out of ${LAUNCHER}: the system does not find its interpreter`
    const commands = [`sed -i 's/\\r$//' ${LAUNCHER}`]
    items.push({ about: 'file', text, place: { file: LAUNCHER }, commands })
  }
  if (!git.keepsLineEnds(LAUNCHER)) {
    const text = 'add to .gitattributes, or a clone on Windows has a launcher that does not run'
    const place = { file: '.gitattributes' }
    items.push({ about: 'git', text, place, lines: [ATTRIBUTES_LINE] })
  }
  return items
}
