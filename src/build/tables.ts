import { CONFIG_SCHEMA } from '../config/schema.js'
import { areaOf, ERROR_CODES, EXIT_STATUS } from '../errors.js'
import type { ErrorCode } from '../errors.js'
import { ROLE_PROFILES } from '../role/profiles.js'

interface Option {
  readonly description?: string
  readonly default?: string | number | boolean
  readonly enum?: readonly string[]
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Option>>
}

/** The options of `k3s_vars.yml`, one row each, nested ones by their path. */
export function optionsTable(): string {
  const { clusters, defaults, include } = CONFIG_SCHEMA.properties
  const ofCluster = clusters.additionalProperties.properties
  const rows = [
    row('clusters', clusters),
    ...Object.entries(ofCluster).flatMap(([name, option]) =>
      rowsOf(`clusters.NAME.${name}`, option as Option),
    ),
    row('defaults', defaults),
    row('include', include),
  ]
  return table(['option', 'values', 'default', 'what it does'], rows)
}

/** The error codes with their exit statuses. */
export function errorsTable(): string {
  const rows = (Object.entries(ERROR_CODES) as [ErrorCode, string][]).map(([code, meaning]) => [
    String(EXIT_STATUS[areaOf(code)]),
    `\`${code}\``,
    meaning,
  ])
  return table(
    ['status', 'code', 'meaning'],
    [
      ['0', '', 'done'],
      ...rows,
      [String(EXIT_STATUS.findings), '', 'a command that looks for findings has some'],
    ],
  )
}

/** The role profiles. */
export function rolesTable(): string {
  const rows = Object.values(ROLE_PROFILES).map((role) => [
    `\`${role.id}\``,
    `[${role.title}](${role.url})`,
    role.ansibleCore,
    `\`${role.groups.server}\`, \`${role.groups.agent}\` in \`${role.groups.cluster}\``,
    [...new Set(role.destinations.map(({ file }) => `\`${file}\``))].join(', '),
  ])
  return table(['role', 'project', 'ansible-core', 'groups', 'where the token lands'], rows)
}

function rowsOf(path: string, option: Option): string[][] {
  const nested = Object.entries(option.properties ?? {}).flatMap(([name, inner]) =>
    rowsOf(`${path}.${name}`, inner),
  )
  return [row(path, option), ...nested]
}

function row(path: string, option: Option): string[] {
  const values =
    option.enum?.map((word) => `\`${word}\``).join(', ') ?? [option.type ?? ''].flat().join(' or ')
  const fallback = option.default === undefined ? '' : `\`${String(option.default)}\``
  return [`\`${path}\``, values, fallback, option.description ?? '']
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}
