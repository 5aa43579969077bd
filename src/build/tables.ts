// The generated tables of the documentation: each row is one of a table in the code.
import { FORMS } from '../scan/forms/forms.js'
import { SCAN_RULES } from '../scan/rules.js'
import { SEVERITY_WORDS } from '../finding.js'
import type { Severity } from '../finding.js'
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

/** The role profiles: what each is, how each is given the token, and what to know of it. */
export function rolesTable(): string {
  const roles = Object.values(ROLE_PROFILES)
  const projects = roles.map(({ id, groups }) => {
    const { title, url, ansibleCore } = PROJECTS[id]
    return [
      `\`${id}\``,
      `[${title}](${url})`,
      ansibleCore,
      `\`${groups.server}\`, \`${groups.agent}\` in \`${groups.cluster}\``,
    ]
  })
  const variables = roles.map((role) => [
    `\`${role.id}\``,
    variableNames(role.shared),
    separateNames(role),
  ])
  const notes = roles.flatMap(({ id }) => {
    const { note } = PROJECTS[id]
    return note === undefined ? [] : [`- \`${id}\`: ${note}.`]
  })
  return [
    table(['role', 'project', 'ansible-core', 'groups'], projects),
    table(['role', 'variables', 'with an agent token'], variables),
    notes.join('\n'),
  ].join('\n\n')
}

/** Where each role writes a token, and what breaks there. */
export function destinationsTable(): string {
  const rows = Object.values(ROLE_PROFILES).flatMap(({ id, destinations }) =>
    destinations.map(({ side, file, encoding, when }) => [
      `\`${id}\``,
      side,
      file.startsWith('/') ? `\`${file}\`` : file,
      when ?? '',
      `\`${encoding}\`: ${HARMS[encoding].map((harm) => harm.id).join(', ')}`,
    ]),
  )
  return table(['role', 'on', 'file', 'when', 'how it is written, and what breaks there'], rows)
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
    ruleCell(id, severity),
    message,
    hint,
  ])
  return table(['rule', 'what is found', 'what to do'], rows)
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
      // No browser breaks it.
      .replaceAll(/\bK10[0-9a-f]{64}/g, 'K10…')
    return [`\`${id}\``, what, `\`${path}\`: \`${shown}\``]
  })
  return table(['form', 'what is found', 'such as'], rows)
}

/** The rules for tokens that hold wherever they go; those of single files are in {@link destinationsTable}. */
export function tokenRulesTable(): string {
  const general = RULES.map(({ id, reason, ...rest }) => ({ rule: id, message: reason, ...rest }))
  const rows = [...CREDIBILITY_RULES.map(asFinding), SPLIT_FORM, ...general].map(
    ({ rule, severity, message, hint }) => [ruleCell(rule, severity), message, hint],
  )
  return table(['rule', 'why', 'what to do'], rows)
}

/** An error is what a rule says if nothing else is said; the column for it would take the room of the words. */
function ruleCell(id: string, severity: Severity): string {
  return severity === 'error' ? `\`${id}\`` : `\`${id}\` (${SEVERITY_WORDS[severity]})`
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

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map(escapeCell).join(' | ')} |`)
    .join('\n')
}

/** A bar ends a cell, even within backquotes; outside of them `<word>` would be taken for HTML and vanish. */
function escapeCell(cell: string): string {
  return cell
    .replaceAll('|', '\\|')
    .replaceAll(/(`[^`]*`)|<(?!a id=|\/a>)/g, (found, code?: string) => code ?? `\\${found}`)
}
