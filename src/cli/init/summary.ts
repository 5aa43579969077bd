// What `init` says: what was found, what was written, what is left to do.
import { formatLocation } from '../../errors.js'
import { PROJECTS } from '../../role/projects.js'
import { formatFields } from '../answer.js'
import type { Line } from '../answer.js'
import { COLUMNS, wrap } from '../wrap.js'
import type { Choices } from './choices.js'
import type { FoundToken } from './found-tokens.js'
import { INDENT } from './outcome.js'
import type { NextItem, Outcome } from './outcome.js'
import type { CfgLine } from './cfg-lines.js'
import type { Step } from './plan.js'

export interface Summary extends Outcome {
  readonly next: readonly NextItem[]
}

/** For programs. No value of a token or a password is in it. */
export function showInit({ project, choices, inventory, steps, next }: Summary): object {
  const { cluster, role, fit, vaultId, way, found } = choices
  return {
    cluster,
    role: role.id,
    groups: fit?.groups ?? null,
    way,
    inventory: inventory && {
      sources: inventory.sources.map(project.shown),
      hosts: inventory.hosts.hostsOf('all').size,
    },
    vault: {
      ids: [...new Set(project.vault.sources.map(({ id }) => id))],
      vaultId: vaultId ?? null,
    },
    found,
    steps: steps.map(({ action, path }) => ({ action, path })),
    next,
    complete: next.length === 0,
  }
}

/** For people. */
export function formatInit(summary: Summary): Line[] {
  const { steps, next } = summary
  return [
    ...(summary.inventory === undefined ? [] : [...fieldLines(summary), '']),
    ...steps.map(formatStep),
    '',
    ...(next.length === 0
      ? ['everything is in place; `k3s-vars check` asks what every host of a play gets']
      : ['next:', ...next.flatMap(formatItem)]),
  ]
}

/** The names and values in two columns, the values broken within theirs. */
function fieldLines(summary: Summary): readonly string[] {
  return formatFields(fieldsOf(summary)).flatMap((line) => {
    const value = line.slice(line.indexOf(':') + 1).trimStart()
    return wrap(value, line.slice(0, line.length - value.length))
  })
}

function fieldsOf(summary: Summary): (readonly [string, string])[] {
  const { project, choices, inventory } = summary
  const { cluster, role } = choices
  const ids = [...new Set(project.vault.sources.map(({ id }) => id))]
  const names = inventory!.sources.map(project.shown)
  const hosts = inventory!.hosts.hostsOf('all').size
  return [
    ['inventory', `${names.join(', ')}: ${hosts} host${hosts === 1 ? '' : 's'}`],
    ['role', `${PROJECTS[role.id].title}${reasonOf(choices)}`],
    ['cluster', cluster],
    ...(ids.length > 1 ? [['vault id', chosenOf(choices.vaultId, ids)] as const] : []),
    ['token', tokenOf(summary)],
  ]
}

/** Those in the inventory, which are to go; without any, whether one is kept. */
function tokenOf({ choices: { found }, config, withoutToken }: Summary): string {
  if (found.length > 0) return found.map(describe).join('; ')
  const kept = (config?.clusters ?? []).filter(({ name }) => !withoutToken.includes(name))
  return kept.length === 0 ? 'none yet' : 'kept'
}

function chosenOf(id: string | undefined, ids: readonly string[]): string {
  return `${id ?? 'as ansible.cfg says'}, of ${ids.join(', ')}`
}

function describe({ variable, kind, place }: FoundToken): string {
  const where = place === undefined ? '' : ` in ${formatLocation({ ...place, key: undefined })}`
  return `${variable}${where} (${kind})`
}

function reasonOf({ fit }: Choices): string {
  if (fit === undefined) return ''
  const { groups, variables, groupsFit } = fit
  const names = [...(groupsFit === 'none' ? [] : Object.values(groups)), ...variables.slice(0, 3)]
  return names.length === 0 ? '' : `, by ${names.join(', ')}`
}

function formatStep({ action, path }: Step): string {
  return action === 'create' ? `created  ${path}` : `kept     ${path}`
}

function formatItem({ text, lines = [], commands = [] }: NextItem, index: number): Line[] {
  const number = String(index + 1).padStart(3)
  return [
    ...wrap(`${text}${lines.length + commands.length > 0 ? ':' : ''}`, `${number}. `),
    ...formatLines(lines),
    ...commands.map((command): Line => [INDENT, { style: 'cyan', text: command }]),
  ]
}

function formatLines(lines: readonly (CfgLine | string)[]): Line[] {
  let section: string | undefined
  return lines.flatMap((line): Line[] => {
    if (typeof line === 'string') return [`${INDENT}${line}`]
    const head = line.section === section ? [] : [`${INDENT}[${line.section}]`]
    section = line.section
    const own = `${INDENT}${line.key} = ${line.value}`
    if (line.instead === undefined) return [...head, own]
    const former = `    (instead of ${line.instead})`
    const isFitting = own.length + former.length <= COLUMNS
    return [...head, ...(isFitting ? [own + former] : [own, INDENT + former])]
  })
}
