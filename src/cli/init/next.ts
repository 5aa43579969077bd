// What is left to do when the files are written, in the order in which it is done. It is found by looking, so that a project
// that lacks nothing is told so and no other.
import { shellWord } from '../../shell-word.js'
import { readIfThere } from '../files.js'
import { pathsIn } from './lying-inventory.js'
import { nextFiles } from './next-files.js'
import { nextTeam } from './next-team.js'
import { nextTokens } from './next-tokens.js'
import { nextVault } from './next-vault.js'
import { sourceOptions } from './outcome.js'
import type { NextItem, Outcome } from './outcome.js'
import { ownCommand } from './own-command.js'

/** Everything that is left; empty: the project is set up. */
export function listNext(outcome: Outcome): NextItem[] {
  const items = [
    ...nextFiles(outcome),
    ...nextVault(outcome),
    ...nextTokens(outcome),
    ...nextTeam(outcome),
  ]
  return items.length === 0 ? [] : [...items, playItem(outcome)]
}

function playItem(outcome: Outcome): NextItem {
  const sources = sourceOptions(outcome)
  return {
    about: 'play',
    text: 'check that every host would get its token, then play',
    commands: [
      `${ownCommand(outcome.launcher)} check${sources}`,
      `ansible-playbook${sources} ${playbookOf(outcome)}`,
    ],
  }
}

const PLAYBOOKS = ['site.yml', 'playbooks/site.yml', 'site.yaml']
const PLAY = /^- (?:.*\n(?: .*\n)*?\s+)?(?:hosts|(?:ansible\.builtin\.)?import_playbook):/m

/** The playbook that everybody calls like that, or the first one in the folder. */
function playbookOf({ project }: Outcome): string {
  const found =
    PLAYBOOKS.find(project.exists) ??
    pathsIn(project.folder)
      .filter((path) => /\.ya?ml$/.test(path))
      .find((path) => PLAY.test(readIfThere(path) ?? ''))
  return found === undefined ? 'PLAYBOOK' : shellWord(project.shown(found))
}
