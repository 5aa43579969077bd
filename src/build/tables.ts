import { CONFIG_SCHEMA } from '../config/schema.js'
import { FORMS } from '../scan/forms/forms.js'
import { SCAN_RULES } from '../scan/rules.js'
import { SEVERITY_WORDS } from '../finding.js'
import { ERROR_AREAS, ERROR_CODES, EXIT_STATUS } from '../errors.js'
import type { ErrorCode } from '../errors.js'
import { ERRORS_ZH } from './errors-zh.js'
import { MINTING_RULES } from '../lifecycle/minting-rules.js'
import type { Rule, Verdict, Way } from '../lifecycle/minting-rules.js'
import { PROJECTS } from '../role/projects.js'
import { ROLE_PROFILES } from '../role/profiles.js'
import type { RoleProfile, TokenVariable } from '../role/profile.js'
import { SPLIT_FORM } from '../token/configured.js'
import { asFinding, CREDIBILITY_RULES } from '../token/credible.js'
import { HARMS } from '../token/encodings.js'
import { RULES } from '../token/rules.js'

interface Option {
  readonly description?: string
  readonly default?: string | number | boolean
  readonly enum?: readonly string[]
  readonly type?: string | readonly string[]
  /** `#/definitions/NAME` */
  readonly $ref?: string
  readonly properties?: Readonly<Record<string, Option>>
}

/** The options of `k3s_vars.yml`, one row each, nested ones by their path. */
export function optionsTable(): string {
  const { clusters, defaults, include } = CONFIG_SCHEMA.properties
  const ofCluster = clusters.additionalProperties.properties
  const told = new Map<string, string>()
  const rows = [
    row('clusters', clusters),
    ...Object.entries(ofCluster).flatMap(([name, option]) =>
      rowsOf(`clusters.NAME.${name}`, option as Option, told),
    ),
    row('defaults', defaults),
    row('include', include),
  ]
  return table(['option', 'values', 'default', 'what it does'], rows)
}

/** The error codes with their exit statuses. */
export function errorsTable(): string {
  const rows = ERROR_AREAS.flatMap((area) =>
    Object.entries(ERROR_CODES[area]).map(([code, meaning]) => [
      String(EXIT_STATUS[area]),
      anchored(code),
      meaning,
    ]),
  )
  return table(
    ['status', 'code', 'meaning'],
    [
      ['0', '', 'done'],
      ...rows,
      [String(EXIT_STATUS.findings), '', 'a command that looks for findings has some'],
    ],
  )
}

/** The same codes, explained in Chinese. */
export function errorsTableZh(): string {
  const rows = ERROR_AREAS.flatMap((area) =>
    Object.keys(ERROR_CODES[area]).map((code) => [
      String(EXIT_STATUS[area]),
      anchored(code),
      ERRORS_ZH[code as ErrorCode],
    ]),
  )
  return table(
    ['退出码', '错误码', '含义与对策'],
    [['0', '', '完成'], ...rows, [String(EXIT_STATUS.findings), '', '检查类命令发现了问题']],
  )
}

/** A code that a link leads to: `errors.md#k3sv_store_absent`. */
function anchored(code: string): string {
  return `<a id="${code.toLowerCase()}"></a>\`${code}\``
}

/** The role profiles. */
export function rolesTable(): string {
  const rows = Object.values(ROLE_PROFILES).map((role) => {
    const { title, url, ansibleCore, note } = PROJECTS[role.id]
    return [
      `\`${role.id}\``,
      `[${title}](${url})`,
      ansibleCore,
      `\`${role.groups.server}\`, \`${role.groups.agent}\` in \`${role.groups.cluster}\``,
      variableNames(role.shared),
      separateNames(role),
      note ?? '',
    ]
  })
  return table(
    ['role', 'project', 'ansible-core', 'groups', 'variables', 'with an agent token', 'note'],
    rows,
  )
}

/** Where each role writes a token, and what breaks there. */
export function destinationsTable(): string {
  const rows = Object.values(ROLE_PROFILES).flatMap(({ id, destinations }) =>
    destinations.map(({ side, file, encoding, when }) => [
      `\`${id}\``,
      side,
      file.startsWith('/') ? `\`${file}\`` : file,
      when ?? '',
      HARMS[encoding].map((harm) => `${encoding}/${harm.id}`).join(', '),
    ]),
  )
  return table(['role', 'on', 'where the token lands', 'when', 'rules of what breaks there'], rows)
}

function variableNames(variables: readonly TokenVariable[]): string {
  return variables
    .map(({ name, key }) => `\`${name}${key === undefined ? '' : `.${key}`}\``)
    .join(', ')
}

function separateNames({ separate, sharedOnly }: RoleProfile): string {
  if (sharedOnly !== undefined) return `not possible: ${sharedOnly}`
  const at = (side: 'server' | 'agent'): string =>
    variableNames(separate.filter((variable) => variable.side === side))
  return `servers ${at('server')}; agents ${at('agent')}`
}

/** The rules of `k3s-vars scan`. */
export function scanRulesTable(): string {
  const rows = Object.entries(SCAN_RULES).map(([id, { severity, message, hint }]) => [
    `\`${id}\``,
    SEVERITY_WORDS[severity],
    message,
    hint,
  ])
  return table(['rule', 'severity', 'what is found', 'what to do'], rows)
}

/** The forms in which `k3s-vars scan` finds secrets. */
export function scanFormsTable(): string {
  const rows = Object.entries(FORMS).map(([id, { what, example }]) => {
    const [path, text] = example
    // A cell is one line.
    const shown = text
      .trimEnd()
      .replace(/\s*\n\s*/g, ' ⏎ ')
      .replaceAll('‹T›', '…')
    return [`\`${id}\``, what, `\`${path}\``, `\`${shown}\``]
  })
  return table(['form', 'what is found', 'in a file such as', 'that has'], rows)
}

/** The rules for tokens that hold wherever they go; those of single files are in {@link destinationsTable}. */
export function tokenRulesTable(): string {
  const general = RULES.map(({ id, reason, ...rest }) => ({ rule: id, message: reason, ...rest }))
  const rows = [...CREDIBILITY_RULES.map(asFinding), SPLIT_FORM, ...general].map(
    ({ rule, severity, message, hint }) => [`\`${rule}\``, SEVERITY_WORDS[severity], message, hint],
  )
  return table(['rule', 'severity', 'why', 'what to do'], rows)
}

/** When a token may be made. */
export function mintingTable(): string {
  const rows = Object.values(MINTING_RULES).flatMap(({ asked, by, answers }) =>
    Object.values(answers).map(({ says, verdict }: Rule) => [
      asked,
      says,
      ...WAYS.map((way) => ((by as readonly Way[]).includes(way) ? FOLLOWS[way][verdict] : '')),
    ]),
  )
  return table(['who is asked', 'answer', 'at first use', '`token new`'], rows)
}

const WAYS = ['first-use', 'on-demand'] as const

const FOLLOWS: Readonly<Record<Way, Readonly<Record<Verdict, string>>>> = {
  'first-use': { yes: 'goes on', doubt: '**stops**', no: '**stops**' },
  'on-demand': { yes: 'goes on', doubt: 'asks, or needs `--assume-new`', no: '**stops**' },
}

/** @param told where each definition with options of its own was told before: it is told once */
function rowsOf(path: string, given: Option, told: Map<string, string>): string[][] {
  const option = resolve(given)
  const before = told.get(given.$ref ?? '')
  if (before !== undefined) return [row(path, { ...option, description: `As \`${before}\`` })]
  if (given.$ref !== undefined && option.properties !== undefined) told.set(given.$ref, path)
  const nested = Object.entries(option.properties ?? {}).flatMap(([name, inner]) =>
    rowsOf(`${path}.${name}`, inner, told),
  )
  return [row(path, option), ...nested]
}

function resolve(option: Option): Option {
  const name = option.$ref?.split('/').at(-1)
  const definitions: Readonly<Record<string, Option>> = CONFIG_SCHEMA.definitions
  return name === undefined ? option : definitions[name]!
}

function row(path: string, option: Option): string[] {
  const values =
    option.enum?.map((word) => `\`${word}\``).join(', ') ?? [option.type ?? ''].flat().join(' or ')
  const fallback = option.default === undefined ? '' : `\`${String(option.default)}\``
  return [`\`${path}\``, values, fallback, option.description ?? '']
}

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map(escapeCell).join(' | ')} |`)
    .join('\n')
}

/** A bar ends a cell, even within backquotes. */
function escapeCell(cell: string): string {
  return cell.replaceAll('|', '\\|')
}
