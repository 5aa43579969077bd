import { StoreError } from '../errors.js'
import { Secret } from '../secret.js'
import type { YamlDocument } from '../yaml/read.js'
import { DOCUMENT_SCHEMA } from './document.js'
import type {
  ClusterDocument,
  FormerTokens,
  PendingTokens,
  Phase,
  StoredSecret,
  StoredTokens,
} from './document.js'
import { isMapping } from '../yaml/mapping.js'

type Path = readonly (string | number)[]

/** A value of the file, together with what an error about it has to name. */
interface Field {
  readonly yaml: YamlDocument
  readonly file: string
  readonly path: Path
  readonly value: unknown
}

const PHASES: readonly Phase[] = ['idle', 'staged', 'rotating', 'rotated']

/** The keys of the document's text, in their order. The write id stands there as `attempt`. */
export const DOCUMENT_KEYS = [
  'schema',
  'cluster',
  'attempt',
  'generation',
  'phase',
  'current',
  'pending',
  'previous',
] as const

export type DocumentKey = (typeof DOCUMENT_KEYS)[number]

const TOKEN_KEYS = ['created', 'fingerprint', 'server']

const WRITE_ID = /^[0-9a-f]{32}$/
const FINGERPRINT = /^[0-9a-f]{12}$/
const ROTATION = /^[A-Za-z0-9._-]{1,128}$/
const VAULT_HEADER = '$ANSIBLE_VAULT'

/**
 * The document that parsed YAML holds, every field checked.
 * @throws StoreError `K3SV_STORE_CORRUPT`, or `K3SV_STORE_SCHEMA` for a newer form
 */
export function readDocument(
  yaml: YamlDocument,
  expected: { cluster: string; file: string },
): ClusterDocument {
  const root: Field = { yaml, file: expected.file, path: [], value: yaml.value }
  checkSchema(root)
  checkKeys(root, DOCUMENT_KEYS)
  const cluster = text(
    child(root, 'cluster'),
    (name) => name === expected.cluster,
    'the name of the cluster that was asked for',
  )
  const phase = text(
    child(root, 'phase'),
    (word) => (PHASES as readonly string[]).includes(word),
    PHASES.join(', '),
  )
  const pending = child(root, 'pending')
  if ((pending.value === null) !== (phase === 'idle')) {
    throw corrupt(pending, 'null in phase idle, and a token in every other phase')
  }
  return {
    schema: DOCUMENT_SCHEMA,
    cluster,
    writeId: text(child(root, 'attempt'), (id) => WRITE_ID.test(id), '32 hex digits in quotes'),
    generation: readGeneration(child(root, 'generation')),
    phase: phase as Phase,
    current: readTokens(child(root, 'current')),
    pending: pending.value === null ? null : readPending(pending),
    previous: readList(child(root, 'previous')).map(readFormer),
  }
}

/** Comes before all else: a newer form may have other keys. */
function checkSchema(root: Field): void {
  if (!isMapping(root.value)) throw corrupt(root, 'a mapping')
  const schema = child(root, 'schema')
  if (!isCount(schema.value)) throw corrupt(schema, 'a schema number')
  if (schema.value === DOCUMENT_SCHEMA) return
  throw new StoreError(
    'K3SV_STORE_SCHEMA',
    'the token document was written by a newer version of k3s_vars',
    {
      location: placeOf(schema),
      hint: 'update k3s_vars on this machine',
    },
  )
}

function readGeneration(field: Field): number {
  if (isCount(field.value)) return field.value
  throw corrupt(field, 'a number from 1 up')
}

function readTokens(field: Field, ...more: string[]): StoredTokens {
  const agent = child(field, 'agent')
  checkKeys(field, [...more, ...TOKEN_KEYS, ...(agent.value === undefined ? [] : ['agent'])])
  const fingerprint = child(field, 'fingerprint')
  return {
    created: date(child(field, 'created')),
    fingerprint:
      fingerprint.value === null
        ? null
        : text(
            fingerprint,
            (digits) => FINGERPRINT.test(digits),
            'null, or 12 hex digits in quotes',
          ),
    server: readSecret(child(field, 'server')),
    ...(agent.value === undefined ? {} : { agent: readSecret(agent) }),
  }
}

function readPending(field: Field): PendingTokens {
  const tokens = readTokens(field, 'rotation')
  const rotation = child(field, 'rotation')
  return { ...tokens, rotation: text(rotation, isRotation, 'the id of a rotation, in quotes') }
}

function readFormer(field: Field): FormerTokens {
  return { ...readTokens(field, 'retired'), retired: date(child(field, 'retired')) }
}

/** Whether a text can be the id of a rotation: 1 to 128 letters, digits, dots, underscores and hyphens. */
export function isRotation(id: string): boolean {
  return ROTATION.test(id)
}

function readSecret(field: Field): StoredSecret {
  if (typeof field.value === 'string') {
    if (field.value.startsWith(VAULT_HEADER))
      throw corrupt(field, 'tagged !vault, because it is vault text')
    if (field.value === '') throw corrupt(field, 'a secret, and not empty')
    return { form: 'plain', secret: new Secret(field.value) }
  }
  const sealed = child(field, '__ansible_vault').value
  if (typeof sealed !== 'string' || !sealed.startsWith(VAULT_HEADER)) {
    throw corrupt(field, 'vault text tagged !vault, or a secret in quotes')
  }
  checkKeys(field, ['__ansible_vault'])
  return { form: 'sealed', text: sealed }
}

function readList(field: Field): Field[] {
  if (!Array.isArray(field.value)) throw corrupt(field, 'a list')
  return field.value.map((value: unknown, index) => ({
    ...field,
    path: [...field.path, index],
    value,
  }))
}

function date(field: Field): string {
  return text(field, isDate, 'a date such as "2026-11-24T10:00:00Z", in quotes')
}

/** Date.parse knows no other months and hours than there are, but takes the 31st of February for a day of March. */
function isDate(value: string): boolean {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) ? Date.parse(value) : NaN
  // Not toISOString, which loads the zones of the machine first.
  return new Date(time).getUTCDate() === Number(value.slice(8, 10))
}

function text(field: Field, isValid: (value: string) => boolean, expected: string): string {
  if (typeof field.value === 'string' && isValid(field.value)) return field.value
  throw corrupt(field, expected)
}

/** The field of a mapping; its value is undefined where there is none, or where the parent is no mapping. */
function child(parent: Field, key: string): Field {
  const value =
    isMapping(parent.value) && Object.hasOwn(parent.value, key) ? parent.value[key] : undefined
  return { ...parent, path: [...parent.path, key], value }
}

/** Requires exactly these keys. The name of a key too many is not repeated: it may be a secret on the wrong line. */
function checkKeys(field: Field, keys: readonly string[]): void {
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

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1
}

function placeOf({ yaml, file, path }: Field) {
  const place = yaml.placeOf(path)
  return {
    file,
    line: place?.line,
    column: place?.column,
    key: path.length === 0 ? undefined : path.join('.'),
  }
}

function corrupt(field: Field, expected: string, place = placeOf(field)): StoreError {
  const subject =
    field.path.length === 0 ? 'the token document' : `${field.path.join('.')} of the token document`
  return new StoreError('K3SV_STORE_CORRUPT', `${subject} must be ${expected}`, {
    location: place,
    hint: 'restore the document from Git or a backup; a damaged one is never replaced by a new token',
  })
}
