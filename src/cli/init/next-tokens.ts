// From the tokens that a project has to the one that we keep: whether to import first, what stands in the way.
import { formatLocation } from '../../errors.js'
import type { FoundKind, FoundToken } from './found-tokens.js'
import { lostKeys } from './kept-variables.js'
import { sourceOptions } from './outcome.js'
import type { NextItem, Outcome } from './outcome.js'
import { ownCommand } from './own-command.js'

export function nextTokens(outcome: Outcome): NextItem[] {
  const { withoutToken } = outcome
  const { found } = outcome.choices
  const isFirst = withoutToken.length > 0
  const blocking = found.filter(({ kind }) => kind === 'plain' || kind === 'vaulted')
  return [
    ...groupItems(outcome),
    ...dictionaryItems(outcome),
    ...(isFirst && blocking.length > 0 ? importItems(outcome, blocking) : []),
    ...found
      .filter((one) => !isFirst || !blocking.includes(one))
      .map((one) => takeOutItem(one, outcome)),
    ...(isFirst && blocking.length === 0 ? newItems(outcome) : []),
  ]
}

const MOST_NAMES = 8

/** The token goes to groups by their names. */
function groupItems({ inventory, choices }: Outcome): NextItem[] {
  const group = choices.groups.cluster ?? choices.role.groups.cluster
  if (inventory === undefined || inventory.hosts.hostsOf(group).size > 0) return []
  const there = inventory.hosts.view().groups.slice(0, MOST_NAMES).join(', ') || 'none'
  const text = `name the groups of the cluster under groups in k3s_vars.yml: no host is in ${group}; the inventory has ${there}`
  return [{ about: 'inventory', text }]
}

/** Ansible takes a dictionary from one place alone. */
function dictionaryItems({ config, choices }: Outcome): NextItem[] {
  return choices.dictionaries.flatMap((dictionary): NextItem[] => {
    const lost = lostKeys(dictionary, config)
    if (lost.length === 0) return []
    const { name, key, place } = dictionary
    const where = place === undefined ? '' : ` from ${formatLocation(place)}`
    const text = `move ${lost.join(', ')} of ${name}${where} to vars of ${choices.cluster} in k3s_vars.yml: the dictionary with ${key} in it replaces yours`
    return [{ about: 'inventory', text, ...(place !== undefined && { place }) }]
  })
}

const KINDS: Readonly<Record<FoundKind, string>> = {
  sample: 'a sample that everybody knows',
  plain: 'a token in the clear',
  vaulted: 'a vaulted token',
  template: 'a template, whose value only a play can tell',
  other: 'no text',
}

/** One command for each cluster, up to this many. */
const MOST_COMMANDS = 3

function importItems(outcome: Outcome, found: readonly FoundToken[]): NextItem[] {
  const { choices, launcher } = outcome
  const text = `import the token that the project has, before anything else: ${found.map((one) => describe(one)).join('; ')}`
  const command = `${ownCommand(launcher)} token import ${choices.cluster} --from-inventory${sourceOptions(outcome)}`
  return [{ about: 'token', text, ...placeOf(found[0]!), commands: [command] }]
}

function takeOutItem(found: FoundToken, outcome: Outcome): NextItem {
  const { choices, withoutToken, launcher } = outcome
  const isFirst = withoutToken.length > 0
  const command = `${ownCommand(launcher)} adopt ${choices.cluster} --allow-weak${sourceOptions(outcome)}`
  const why = !isFirst
    ? 'a play without k3s_vars would use it'
    : found.kind === 'sample'
      ? 'no cluster should have it. If yours runs with it, adopt it first'
      : 'if a cluster runs with it, import its token first'
  return {
    about: 'inventory',
    text: `take ${describe(found, 'out of')}: ${why}`,
    ...placeOf(found),
    ...(isFirst && found.kind === 'sample' && { commands: [command] }),
  }
}

function newItems(outcome: Outcome): NextItem[] {
  const { withoutToken, launcher, choices } = outcome
  const commands = withoutToken
    .slice(0, MOST_COMMANDS)
    .map((name) => `${ownCommand(launcher)} token new ${name}${sourceOptions(outcome)}`)
  const more = withoutToken.length - commands.length
  const rest = more > 0 ? `, and ${more} more clusters` : ''
  const [name = choices.cluster] = withoutToken
  const adopt = `${ownCommand(launcher)} adopt ${name}${sourceOptions(outcome)}`
  const text = `make the token${rest}; where K3s runs on the servers already, bring home the one that they have instead (${adopt})`
  return [{ about: 'token', text, commands }]
}

/** `token in inventory.yml:23 (a sample that everybody knows)`. */
function describe({ variable, place, kind, vaultId }: FoundToken, preposition = 'in'): string {
  const where = place === undefined ? 'the inventory' : formatLocation({ ...place, key: undefined })
  const id = vaultId === undefined ? '' : ` of vault id ${vaultId}`
  return `${variable} ${preposition} ${where} (${KINDS[kind]}${id})`
}

function placeOf({ place }: FoundToken): Pick<NextItem, 'place'> {
  return place === undefined ? {} : { place }
}
