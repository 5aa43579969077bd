// The options of `k3s_vars.yml` for a page: a table for the file, one for a cluster, and one for each mapping of a cluster, so that no
// path is wider than its column.
import { CONFIG_SCHEMA } from '../config/schema.js'
import { table } from './tables.js'
import { anchorOf } from './translations.js'

interface Option {
  readonly description?: string
  readonly default?: string | number | boolean
  readonly enum?: readonly string[]
  readonly type?: string | readonly string[]
  /** `#/definitions/NAME` */
  readonly $ref?: string
  readonly properties?: Readonly<Record<string, Option>>
}

const HEAD = ['option', 'values', 'what it does']

/** Headings and tables. */
export function optionsTable(): string {
  const { clusters, defaults, include } = CONFIG_SCHEMA.properties
  const ofCluster: Readonly<Record<string, Option>> = clusters.additionalProperties.properties
  const mappings = Object.entries(ofCluster).filter(([, one]) => isMapping(one))
  return [
    '## The file',
    table(HEAD, [row('clusters', clusters), row('defaults', defaults), row('include', include)]),
    '## A cluster',
    'What stands under the name of a cluster, or under `defaults` for all of them.',
    table(
      HEAD,
      Object.entries(ofCluster).map(([name, option]) =>
        isMapping(option) ? linked(name, option) : row(name, resolve(option)),
      ),
    ),
    ...mappings.flatMap(([name, option]) => [
      `### ${titleOf(name)}`,
      `${resolve(option).description ?? ''}.`,
      table(HEAD, rowsOf('', option, new Map())),
    ]),
  ].join('\n\n')
}

function titleOf(name: string): string {
  return `\`${name}\` of a cluster`
}

function isMapping(option: Option): boolean {
  return resolve(option).properties !== undefined
}

function linked(name: string, option: Option): string[] {
  const [cell = '', values = '', meaning = ''] = row(name, resolve(option))
  return [`[${cell}](#${anchorOf(titleOf(name))})`, values, meaning]
}

/**
 * The rows of a mapping's options, nested ones by their path within it.
 * @param told where each definition with options of its own was told before: it is told once
 */
function rowsOf(prefix: string, mapping: Option, told: Map<string, string>): string[][] {
  return Object.entries(resolve(mapping).properties ?? {}).flatMap(([name, given]) => {
    const path = prefix === '' ? name : `${prefix}.${name}`
    const option = resolve(given)
    const before = told.get(given.$ref ?? '')
    if (before !== undefined) return [row(path, { ...option, description: `As \`${before}\`` })]
    if (given.$ref !== undefined && option.properties !== undefined) told.set(given.$ref, path)
    return [row(path, option), ...rowsOf(path, option, told)]
  })
}

function resolve(option: Option): Option {
  const name = option.$ref?.split('/').at(-1)
  const definitions: Readonly<Record<string, Option>> = CONFIG_SCHEMA.definitions
  return name === undefined ? option : definitions[name]!
}

/** Words that people know, for the types of JSON. */
const TYPES: Readonly<Record<string, string>> = {
  object: 'mapping',
  array: 'list',
  string: 'text',
  boolean: '`true`, `false`',
}

function row(path: string, option: Option): string[] {
  const types = [option.type ?? []].flat().map((type) => TYPES[type] ?? type)
  const values = option.enum?.map((word) => `\`${word}\``).join(', ') ?? types.join(' or ')
  const fallback = option.default === undefined ? '' : `; default \`${String(option.default)}\``
  return [`\`${path}\``, `${values}${fallback}`, option.description ?? '']
}
