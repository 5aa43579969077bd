/** A mapping as YAML and JSON give it, with values of any kind. */
export type Mapping = Readonly<Record<string, unknown>>

/** Whether a value is a mapping, and no list. */
export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
