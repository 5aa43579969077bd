// Values of an answer that comes from machines that may be anybody's: a value of another type is a TypeError, whose text nobody sees.

export type Fields = Readonly<Record<string, unknown>>

export function objectOf(value: unknown): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  throw new TypeError('no object')
}

export function listOf(value: unknown): readonly Fields[] {
  if (!Array.isArray(value)) throw new TypeError('no list')
  return value.map(objectOf)
}

export function textsOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) throw new TypeError('no list')
  return value.map(textOf)
}

export function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  throw new TypeError('no text')
}

export function wordOf<Word extends string>(value: unknown, words: readonly Word[]): Word {
  const found = words.find((word) => word === value)
  if (found === undefined) throw new TypeError('no such word')
  return found
}

export function optional<Name extends string>(
  name: Name,
  fields: Fields,
): Partial<Record<Name, string>> {
  const value = fields[name]
  return value === undefined || value === null
    ? {}
    : ({ [name]: textOf(value) } as Record<Name, string>)
}

export function maybeObject(value: unknown): Fields {
  return value === undefined || value === null ? {} : objectOf(value)
}

export function numberOf(value: unknown): number {
  if (typeof value === 'number') return value
  throw new TypeError('no number')
}

export function number<Name extends string>(
  name: Name,
  fields: Fields,
): Partial<Record<Name, number>> {
  const value = fields[name]
  return typeof value === 'number' ? ({ [name]: value } as Record<Name, number>) : {}
}

export function renamed<Name extends string>(
  name: Name,
  value: number | undefined,
): Partial<Record<Name, number>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, number>)
}

export function lineOf({ line }: Fields): { readonly line?: number } {
  return typeof line === 'number' ? { line } : {}
}
