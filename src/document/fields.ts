import { StoreError } from '../errors.js'
import { Secret } from '../secret.js'
import type { YamlDocument } from '../yaml/read.js'
import { CA_HASH_PATTERN, GUESSABLE } from '../token/grammar.js'
import type { Guessable } from '../token/grammar.js'
import { parseCodes } from './binding.js'
import { CA_SOURCES, DOCUMENT_SCHEMA, ORIGINS, ROTATION_KINDS } from './document.js'
import type {
  Binding,
  ClusterDocument,
  FormerTokens,
  KnownCa,
  PendingTokens,
  Phase,
  RotationRecord,
  StoredSecret,
  StoredTokens,
} from './document.js'
import {
  checkKeys,
  child,
  corrupt,
  date,
  isCount,
  oneOf,
  placeOf,
  readList,
  text,
} from './field.js'
import type { Field } from './field.js'
import { isMapping } from '../yaml/mapping.js'

const PHASES: readonly Phase[] = ['idle', 'staged', 'rotating', 'rotated']

/** The keys of the document's text, in their order. The write id stands there as `attempt`. */
export const DOCUMENT_KEYS = [
  'schema',
  'cluster',
  'attempt',
  'generation',
  'phase',
  'ca',
  'current',
  'pending',
  'previous',
] as const

export type DocumentKey = (typeof DOCUMENT_KEYS)[number]

/** Keys that schema 1 does not have. */
const NEWER_KEYS: readonly string[] = ['ca']

const TOKEN_KEYS = ['created', 'fingerprint', 'server']
const OPTIONAL_TOKEN_KEYS = ['origin', 'guessable', 'agent', 'binding']

/** Of a pending generation; those of a rotation that was begun before they were kept are missing. */
const RECORD_KEYS = ['kind', 'node', 'form', 'snapshots', 'by']

const ONE_LINE = /^[ -~]{1,253}$/
const WRITE_ID = /^[0-9a-f]{32}$/
const FINGERPRINT = /^[0-9a-f]{12}$/
const ROTATION = /^[A-Za-z0-9._-]{1,128}$/
const PLACE_NAME = /^[^\p{C}\p{Zl}\p{Zp}]{1,4096}$/u
const VAULT_HEADER = '$ANSIBLE_VAULT'

/**
 * The document that parsed YAML holds, every field checked.
 * @throws StoreError `K3SV_STORE_CORRUPT`, or `K3SV_STORE_SCHEMA` for a newer form
 */
export function readDocument(
  yaml: YamlDocument,
  expected: { cluster: string; file: string },
): ClusterDocument {
  const root = readRoot(yaml, expected.file)
  const moved = readMoved(child(root, 'moved'))
  checkKeys(root, [...keysOf(root.schema), ...(moved === undefined ? [] : ['moved'])])
  const cluster = text(
    child(root, 'cluster'),
    (name) => name === expected.cluster,
    'the name of the cluster that was asked for',
  )
  const phase = oneOf(child(root, 'phase'), PHASES)
  const pending = child(root, 'pending')
  if ((pending.value === null) !== (phase === 'idle')) {
    throw corrupt(pending, 'null in phase idle, and a token in every other phase')
  }
  return {
    cluster,
    writeId: text(child(root, 'attempt'), (id) => WRITE_ID.test(id), '32 hex digits in quotes'),
    generation: readGeneration(child(root, 'generation')),
    phase,
    ca: root.schema === 1 ? [] : readList(child(root, 'ca')).map(readCa),
    current: readTokens(child(root, 'current')),
    pending: pending.value === null ? null : readPending(pending),
    previous: readList(child(root, 'previous')).map(readFormer),
    ...(moved !== undefined && { moved }),
  }
}

/** Printed in messages, so it is one line. */
function readMoved(field: Field): string | undefined {
  if (field.value === undefined) return undefined
  return text(field, isPlaceName, 'the name of a store')
}

/** Whether a text can say where a document was moved to. */
function isPlaceName(name: string): boolean {
  return PLACE_NAME.test(name)
}

/** The schema comes before all else: a newer form may have other keys. */
function readRoot(yaml: YamlDocument, file: string): Field {
  const root: Field = { yaml, file, path: [], value: yaml.value, schema: DOCUMENT_SCHEMA }
  if (!isMapping(root.value)) throw corrupt(root, 'a mapping')
  const field = child(root, 'schema')
  if (!isCount(field.value)) throw corrupt(field, 'a schema number')
  if (field.value <= DOCUMENT_SCHEMA) return { ...root, schema: field.value }
  throw new StoreError(
    'K3SV_STORE_SCHEMA',
    'the token document was written by a newer version of k3s_vars',
    {
      location: placeOf(field),
      hint: 'update k3s_vars on this machine',
    },
  )
}

/** The schema of a document that {@link readDocument} has taken. */
export function schemaOf(yaml: YamlDocument): number {
  return (yaml.value as { readonly schema: number }).schema
}

/** The keys of a document's text in a schema, all of which have to be there. */
export function keysOf(schema: number): readonly DocumentKey[] {
  return schema === 1 ? DOCUMENT_KEYS.filter((key) => !NEWER_KEYS.includes(key)) : DOCUMENT_KEYS
}

function readGeneration(field: Field): number {
  if (isCount(field.value)) return field.value
  throw corrupt(field, 'a number from 1 up')
}

function readCa(field: Field): KnownCa {
  checkKeys(field, ['hash', 'source', 'learnt'])
  return {
    hash: text(
      child(field, 'hash'),
      (digits) => CA_HASH_PATTERN.test(digits),
      '64 hex digits in quotes',
    ),
    source: oneOf(child(field, 'source'), CA_SOURCES),
    learnt: date(child(field, 'learnt')),
  }
}

function readTokens(field: Field, ...more: string[]): StoredTokens {
  const optional = field.schema === 1 ? ['agent'] : OPTIONAL_TOKEN_KEYS
  const given = optional.filter((key) => child(field, key).value !== undefined)
  checkKeys(field, [...more, ...TOKEN_KEYS, ...given])
  const fingerprint = child(field, 'fingerprint')
  const agent = given.includes('agent') ? readSecret(child(field, 'agent')) : undefined
  return {
    created: date(child(field, 'created')),
    ...(given.includes('origin') && { origin: oneOf(child(field, 'origin'), ORIGINS) }),
    fingerprint:
      fingerprint.value === null
        ? null
        : text(
            fingerprint,
            (digits) => FINGERPRINT.test(digits),
            'null, or 12 hex digits in quotes',
          ),
    ...(given.includes('guessable') && { guessable: readGuessable(field) }),
    server: readSecret(child(field, 'server')),
    ...(agent && { agent }),
    ...(given.includes('binding') && { binding: readBinding(field, agent !== undefined) }),
  }
}

function readGuessable(tokens: Field): Guessable {
  const field = child(tokens, 'guessable')
  if (child(tokens, 'fingerprint').value === null) return oneOf(field, GUESSABLE)
  throw corrupt(field, 'absent beside a fingerprint')
}

/** A code for each token of the generation, so none can be left out. */
function readBinding(tokens: Field, hasAgent: boolean): Binding {
  const field = child(tokens, 'binding')
  if (typeof field.value !== 'string') return { form: 'sealed', text: readSealed(field) }
  const codes = parseCodes(field.value)
  if (codes === undefined || (codes.agent !== undefined) !== hasAgent) {
    throw corrupt(field, '32 hex digits for each token beside it, or vault text tagged !vault')
  }
  return { form: 'keyed', ...codes }
}

function readPending(field: Field): PendingTokens {
  const given = RECORD_KEYS.filter((key) => child(field, key).value !== undefined)
  const tokens = readTokens(field, 'rotation', ...given)
  const rotation = child(field, 'rotation')
  return {
    ...tokens,
    rotation: text(rotation, isRotation, 'the id of a rotation, in quotes'),
    ...(given.length > 0 && { record: readRecord(field, given) }),
  }
}

function readRecord(field: Field, given: readonly string[]): RotationRecord {
  const line = (key: string): string =>
    text(child(field, key), (value) => ONE_LINE.test(value), 'a line of text, in quotes')
  return {
    kind: oneOf(child(field, 'kind'), ROTATION_KINDS),
    node: line('node'),
    ...(given.includes('form') && { form: oneOf(child(field, 'form'), ['secure'] as const) }),
    ...(given.includes('snapshots') && {
      snapshots: oneOf(child(field, 'snapshots'), ['none'] as const),
    }),
    by: line('by'),
  }
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
    // Anywhere: behind a damaged tag the ciphertext is part of a plain text.
    if (field.value.includes(VAULT_HEADER))
      throw corrupt(field, 'tagged !vault, because it is vault text')
    if (field.value === '') throw corrupt(field, 'a secret, and not empty')
    return { form: 'plain', secret: new Secret(field.value) }
  }
  return { form: 'sealed', text: readSealed(field) }
}

function readSealed(field: Field): string {
  const sealed = child(field, '__ansible_vault').value
  if (typeof sealed !== 'string' || !sealed.startsWith(VAULT_HEADER)) {
    throw corrupt(field, 'vault text tagged !vault, or a secret in quotes')
  }
  checkKeys(field, ['__ansible_vault'])
  return sealed
}
