// What is left to do when the files are written, in the order in which it is done. It is found by looking, so that a project
// that lacks nothing is told so and no other.
import { nextFiles } from './next-files.js'
import { nextTeam } from './next-team.js'
import { nextTokens } from './next-tokens.js'
import { nextVault } from './next-vault.js'
import { sourceOptions } from './outcome.js'
import type { NextItem, Outcome } from './outcome.js'

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
    text: 'ask what every host of a play would get, and play',
    commands: [`k3s-vars check${sources}`, `ansible-playbook${sources} ${playbookOf(outcome)}`],
  }
}

function playbookOf({ project }: Outcome): string {
  const names = ['site.yml', 'playbooks/site.yml', 'site.yaml', 'cluster.yml', 'main.yml']
  return names.find(project.exists) ?? 'PLAYBOOK'
}
