import { table } from '../tables.js'
import { ANSWERS } from './answers.js'
import type { Schema } from './parts.js'

interface Described {
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly items?: Described & Schema
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Described>>
}

/** One row for each published answer: its fields, those of its lists below them. */
export function answersTable(): string {
  const rows = [...ANSWERS].map(([name, schema]) => {
    const { properties = {} } = schema as Described
    const { schema: _, ...fields } = properties
    return [`<a id="${name}"></a>[\`${name}\`](schemas/${name}.json)`, fieldsOf(fields)]
  })
  return table(['answer', 'fields'], rows)
}

function fieldsOf(properties: Readonly<Record<string, Described>>): string {
  return Object.entries(properties)
    .map(([name, field]) => `\`${name}\`${innerOf(field)}`)
    .join(', ')
}

/** The fields of an object, or of a list of objects. */
function innerOf({ properties, items }: Described): string {
  if (properties !== undefined) return ` (${fieldsOf(properties)})`
  if (items?.properties !== undefined) return `[] (${fieldsOf(items.properties)})`
  return items === undefined ? '' : '[]'
}
