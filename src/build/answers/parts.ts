// What the schemas are put together from. A field whose name ends in `?` may be missing. Others read past fields that they do not
// know; the tests do not.

/** A JSON Schema, draft 7. */
export type Schema = Readonly<Record<string, unknown>>

export function shape(fields: Readonly<Record<string, Schema>>, description?: string): Schema {
  const names = Object.keys(fields)
  return {
    type: 'object',
    ...(description === undefined ? {} : { description }),
    required: names.filter((name) => !name.endsWith('?')),
    properties: Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [name.replace(/\?$/, ''), field]),
    ),
  }
}

export function list(items: Schema, description?: string): Schema {
  return { type: 'array', items, ...(description === undefined ? {} : { description }) }
}

export function text(description?: string): Schema {
  return { type: 'string', ...(description === undefined ? {} : { description }) }
}

export function count(description?: string): Schema {
  return { type: 'integer', minimum: 0, ...(description === undefined ? {} : { description }) }
}

export function flag(description?: string): Schema {
  return { type: 'boolean', ...(description === undefined ? {} : { description }) }
}

/** One of some words. */
export function word(words: readonly (string | null)[], description?: string): Schema {
  return { enum: [...words], ...(description === undefined ? {} : { description }) }
}

/** The same, or null. */
export function orNull({ type, ...rest }: Schema, description?: string): Schema {
  return { type: [type, 'null'], ...rest, ...(description === undefined ? {} : { description }) }
}

/** RFC 3339 in UTC. */
export function date(description?: string): Schema {
  return {
    type: 'string',
    pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$',
    ...(description === undefined ? {} : { description }),
  }
}

export const CLUSTER = text('The name of the cluster')
export const GENERATION = count('The generation of the tokens, from 1')
export const FINGERPRINT = orNull(
  { type: 'string', pattern: '^[0-9a-f]{12}$' },
  'Twelve hex digits that tell tokens apart; null where they would give the token away',
)
export const HASH: Schema = {
  type: 'string',
  pattern: '^[0-9a-f]{64}$',
  description: 'The CA, as the SHA-256 that stands in K10 tokens',
}
export const EXIT_STATUS = count('What the program ends with because of it')

/** A place in a file; lines and columns count from 1. */
export const PLACE = shape(
  {
    'file?': text(),
    'line?': count(),
    'column?': count(),
    'key?': text('A dotted path, such as clusters.prod.role'),
  },
  'Where it is, as far as that is known',
)

export const ERROR = shape({
  code: text('A stable code: docs/errors.md'),
  message: text(),
  'place?': PLACE,
  hint: text('What to do next'),
  exitStatus: EXIT_STATUS,
})

export const SEVERITY = word(['error', 'warn', 'note'])
