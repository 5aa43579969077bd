// Whether a play has our variables at all, and whether it would stop if it did not get them.
import type { HostVariables } from '../../ansible-play/host-variables.js'
import type { AnsiblePrograms } from '../../ansible-play/programs.js'
import { isFile, isFolder } from '../../files/look.js'
import type { RehearsedToken } from '../../token/rehearsal.js'
import { expectedVariables, hostsBySide } from './expectation.js'
import type { Expectation } from './expectation.js'
import type { CheckFinding } from './finding.js'
import { findsOurPlugin, namesOurSource, placeOfSetting } from './play.js'
import type { Play } from './play.js'

export type Way = RehearsedToken['way']

/** Through which of our doors hosts get a token. */
export function waysSeen(
  expectations: readonly Expectation[],
  { hosts, programs }: { readonly hosts: HostVariables; readonly programs: AnsiblePrograms },
): ReadonlySet<Way> {
  const ways = new Set<Way>()
  for (const expectation of expectations) {
    const sides = hostsBySide(expectation, hosts)
    for (const side of ['server', 'agent'] as const) {
      for (const { variable } of expectedVariables(expectation, side)) {
        for (const host of sides[side]) {
          const value = hosts.valueOf(host, variable)
          const ours = value.form === 'text' ? programs.rehearsed(value.text) : undefined
          if (ours !== undefined) ways.add(ours.way)
        }
      }
    }
  }
  return ways
}

/** The finding where nothing names an inventory, and there is none in Ansible's own place either. */
export function checkInventory({ origin, sources, launcher }: Play): CheckFinding | undefined {
  if (origin !== 'default' || sources.some((source) => isFile(source) || isFolder(source))) {
    return undefined
  }
  return {
    rule: 'no-inventory',
    severity: 'error',
    message: `nothing names an inventory, and Ansible's own, ${sources.join(', ')}, is not there`,
    hint: `give check the -i of the play, or set inventory = ${launcher} under [defaults] of ansible.cfg`,
  }
}

/** What follows from our absence, and is said once by it. */
const OF_ABSENCE = ['host-without-token', 'host-not-seen']

/**
 * The findings about hosts, behind what is wrong with the play as a whole. Where hosts have the token without us, such as
 * from the files of `group-vars write`, nobody misses us.
 */
export function checkPresence(
  play: Play,
  ways: ReadonlySet<Way>,
  atHosts: readonly CheckFinding[],
): CheckFinding[] {
  const hasSource = ways.has('source') || namesOurSource(play)
  const hasPlugin = ways.has('plugin') || findsOurPlugin(play)
  if (hasSource || hasPlugin) {
    const isSilent = hasSource && !play.settings.anyUnparsedIsFailed.value
    return [...(isSilent ? [passesUnparsed(play)] : []), ...atHosts]
  }
  if (atHosts.length === 0) return []
  return [notInPlay(play), ...atHosts.filter(({ rule }) => !OF_ABSENCE.includes(rule))]
}

function passesUnparsed(play: Play): CheckFinding {
  const { origin } = play.settings.anyUnparsedIsFailed
  const place = placeOfSetting(play, 'any_unparsed_is_failed')
  return {
    rule: 'unparsed-passes',
    severity: 'error',
    message:
      'any_unparsed_is_failed is off, so a play goes on without our variables where our source fails',
    ...(place !== undefined && { place }),
    hint:
      origin === undefined || origin.startsWith('/')
        ? `put any_unparsed_is_failed = true under [inventory] of ${place === undefined ? 'an ansible.cfg' : 'ansible.cfg'}`
        : `set ${origin} to True, or unset it`,
  }
}

/** How the sources were named, and how to add ours there. */
function notInPlay(play: Play): CheckFinding {
  const { sources, launcher, origin, settings } = play
  const plugin = 'or enable the vars plugin k3s_vars, which leaves the inventory as it is'
  const found = { rule: 'source-not-in-play', severity: 'error' } as const
  const list = sources.join(', ')
  switch (origin) {
    case 'arguments':
      return {
        ...found,
        message: `neither our inventory source nor our vars plugin is in this play, which has ${list}`,
        hint: `name our source last, -i ${launcher}, ${plugin}`,
      }
    case 'variable':
      return {
        ...found,
        message: `neither our inventory source nor our vars plugin is in the play: ${settings.sources.origin} names ${list}`,
        hint: `name ${launcher} last there, ${plugin}`,
      }
    case 'configuration': {
      const place = placeOfSetting(play, 'inventory')
      return {
        ...found,
        message: `neither our inventory source nor our vars plugin is in the play: ansible.cfg names ${list}`,
        ...(place !== undefined && { place }),
        hint: `name ${launcher} last there, ${plugin}; give check the -i of the play if it has any`,
      }
    }
    case 'default':
      return {
        ...found,
        message: `neither our inventory source nor our vars plugin is in the play: nothing names an inventory, so Ansible takes ${list}`,
        hint: `give check the -i of the play, or set inventory = ${launcher} in ansible.cfg, ${plugin}`,
      }
  }
}
