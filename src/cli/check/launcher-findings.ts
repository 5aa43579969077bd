// What can be wrong with the launcher as a file, which Ansible tells in a way that nobody understands.
import { accessSync, constants, readlinkSync } from 'node:fs'
import { basename, dirname, isAbsolute, relative, resolve } from 'node:path'
import { isOurs } from '../../ansible-play/sources.js'
import type { Environment } from '../../environment.js'
import { askGit } from '../../files/git.js'
import { isFile, lstatIfThere } from '../../files/look.js'
import { readIfThere } from '../files.js'
import type { CheckFinding } from './finding.js'
import type { Play } from './play.js'

/** The findings about each source of the play that is ours. */
export function checkLaunchers({ sources }: Play, environment: Environment): CheckFinding[] {
  return sources.filter(isOurs).flatMap((file) => {
    if (!isFile(file)) return [missing(file)]
    return [
      ...checkLink(file, environment),
      ...checkBits(file, environment),
      ...checkLineEnds(file),
    ]
  })
}

function missing(file: string): CheckFinding {
  return {
    rule: 'launcher-missing',
    severity: 'error',
    message: 'the play names our inventory source here, and there is nothing',
    place: { file },
    hint: 'bring it back from Git, or write it with k3s-vars init',
  }
}

/** On disk, and as Git would hand it to others. */
function checkBits(file: string, environment: Environment): CheckFinding[] {
  const found = { severity: 'error', place: { file } } as const
  if (!isExecutable(file)) {
    return [
      {
        ...found,
        rule: 'launcher-not-executable',
        message:
          'our inventory source is not executable, so Ansible does not run it and reads it as a list of hosts, which fails',
        hint: `make it so, here and in Git: chmod +x ${basename(file)}; git update-index --chmod=+x ${basename(file)}`,
      },
    ]
  }
  if (!isPlainInGit(file, environment)) return []
  return [
    {
      ...found,
      rule: 'launcher-not-executable',
      message:
        'Git keeps our inventory source without its executable bit, so in every clone, AWX included, Ansible cannot run it',
      hint: `git update-index --chmod=+x ${basename(file)}, and commit it`,
    },
  ]
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function isPlainInGit(file: string, environment: Environment): boolean {
  const args = ['ls-files', '--stage', '-z', '--', basename(file)]
  const { status, stdout } = askGit({ folder: dirname(file), args, environment })
  return status === 0 && stdout.toString('latin1').startsWith('100644 ')
}

/** The system looks for an interpreter whose name ends in a carriage return. */
function checkLineEnds(file: string): CheckFinding[] {
  const first = (readIfThere(file) ?? '').split('\n', 1)[0]!
  if (!first.endsWith('\r')) return []
  return [
    {
      rule: 'launcher-line-ends',
      severity: 'error',
      message:
        'the lines of our inventory source end in CRLF, so the system does not find its interpreter and Ansible cannot run it',
      place: { file },
      hint: `write it anew with LF, and put the line "${basename(file)} text eol=lf" into .gitattributes beside it`,
    },
  ]
}

/** A link is followed here; what it breaks shows elsewhere. */
function checkLink(file: string, environment: Environment): CheckFinding[] {
  if (lstatIfThere(file)?.isSymbolicLink() !== true) return []
  const target = readlinkSync(file)
  const away = relative(topOf(dirname(file), environment), resolve(dirname(file), target))
  if (!isAbsolute(target) && !away.startsWith('..')) return []
  return [
    {
      rule: 'launcher-linked',
      severity: 'warn',
      message:
        'our inventory source is a link that leads out of the project: here it works, and a clone, a container or AWX has nothing there',
      place: { file },
      hint: 'remove it and write a launcher with k3s-vars init, which finds the package wherever it is installed',
    },
  ]
}

/** The folder that the project is copied with: that of its repository, or else the launcher's parent. */
function topOf(folder: string, environment: Environment): string {
  const { status, stdout } = askGit({ folder, args: ['rev-parse', '--show-toplevel'], environment })
  return status === 0 ? stdout.toString().trimEnd() : dirname(folder)
}
