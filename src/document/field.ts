// One value of a document's text, and what an error about it has to name. No message repeats what the file holds.
import { StoreError } from '../errors.js'
import { isMapping } from '../yaml/mapping.js'
import type { YamlDocument } from '../yaml/read.js'

type Path = readonly (string | number)[]

/** A value of the file, together with what an error about it has to name. */
export interface Field {
  readonly yaml: YamlDocument
  readonly file: string
  readonly path: Path
  readonly value: unknown
  /** That of the document. */
  readonly schema: number
}

/** The place of a value, as an error names it. */
export type Place = Readonly<Record<'line' | 'column', number | undefined>> & {
  readonly file: string
  /** A dotted path: `current.server`. */
  readonly key: string | undefined
}

/** @throws StoreError `K3SV_STORE_CORRUPT`, as all that reads here */
export function readList(field: Field): Field[] {
  if (!Array.isArray(field.value)) throw corrupt(field, 'a list')
  return field.value.map((value: unknown, index) => ({
    ...field,
    path: [...field.path, index],
    value,
  }))
}

/** A date in UTC to the second: `2026-11-24T10:00:00Z`. */
export function date(field: Field): string {
  return text(field, isDate, 'a date such as "2026-11-24T10:00:00Z", in quotes')
}

/** Date.parse knows no other months and hours than there are, but takes the 31st of February for a day of March. */
function isDate(value: string): boolean {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) ? Date.parse(value) : NaN
  // Not toISOString, which loads the zones of the machine first.
  return new Date(time).getUTCDate() === Number(value.slice(8, 10))
}

/** A text that `isValid` takes; `expected` says in an error what that is. */
export function text(field: Field, isValid: (value: string) => boolean, expected: string): string {
  if (typeof field.value === 'string' && isValid(field.value)) return field.value
  throw corrupt(field, expected)
}

/** One of the words. */
export function oneOf<Word extends string>(field: Field, words: readonly Word[]): Word {
  const found = words.find((word) => word === field.value)
  if (found === undefined) throw corrupt(field, words.join(', '))
  return found
}

/** The field of a mapping; its value is undefined where there is none, or where the parent is no mapping. */
export function child(parent: Field, key: string): Field {
  const value =
    isMapping(parent.value) && Object.hasOwn(parent.value, key) ? parent.value[key] : undefined
  return { ...parent, path: [...parent.path, key], value }
}

/** Requires exactly these keys. The name of a key too many is not repeated: it may be a secret on the wrong line. */
export function checkKeys(field: Field, keys: readonly string[]): void {
  if (!isMapping(field.value)) throw corrupt(field, 'a mapping')
  const missing = keys.find((key) => child(field, key).value === undefined)
  if (missing !== undefined) throw corrupt(child(field, missing), 'there')
  const unknown = Object.keys(field.value).find((key) => !keys.includes(key))
  if (unknown === undefined) return
  const place = {
    ...placeOf({ ...field, path: [...field.path, unknown] }),
    key: placeOf(field).key,
  }
  throw corrupt(field, `without keys other than ${keys.join(', ')}`, place)
}

/** Whether a value is a whole number from 1 up. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1
}

/** Where a field stands in the file. */
export function placeOf({ yaml, file, path }: Field): Place {
  const place = yaml.placeOf(path)
  return {
    file,
    line: place?.line,
    column: place?.column,
    key: path.length === 0 ? undefined : path.join('.'),
  }
}

/** The error of a field that is not what it must be. */
export function corrupt(field: Field, expected: string, place = placeOf(field)): StoreError {
  const subject =
    field.path.length === 0 ? 'the token document' : `${field.path.join('.')} of the token document`
  return new StoreError('K3SV_STORE_CORRUPT', `${subject} must be ${expected}`, {
    location: place,
    hint: 'restore the document from Git or a backup; a damaged one is never replaced by a new token',
  })
}
