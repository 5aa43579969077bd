// Which sealed values of a file an operation is for, and what is wrong with those that carry the tag and are not sealed.
import type { VaultError } from '../../errors.js'
import { idOf } from '../../vault/keychain.js'
import type { YamlValue } from '../vars-file/yaml-values.js'
import type { Left, Outcome } from './change.js'
import { textOf } from './contents.js'
import { UNCHANGED } from './operation.js'
import type { OperationOptions, Source } from './operation.js'
import { isPlain, placeOf, plainError } from './plain-value.js'
import { readYamlFile } from './yaml-file.js'
import type { YamlFile } from './yaml-file.js'

/** The sealed values of a file that an operation is for. */
export interface Vaulted {
  /** Undefined where the file cannot hold any. */
  readonly file: YamlFile | undefined
  readonly values: readonly YamlValue[]
  /** What is wrong with values that are tagged and not sealed; the others can be worked on all the same. */
  readonly faults: readonly VaultError[]
  /** Why there is none; undefined where there are some, or faults. */
  readonly left: Left | undefined
}

/** What of the values is asked for. */
export interface Wanted extends Pick<OperationOptions, 'matches'> {
  /** Only what is sealed with one of these vault ids; undefined: all. */
  readonly ids: readonly string[] | undefined
}

export const NOTHING_SEALED: Left = {
  why: 'nothing',
  // In Ansible's own words, as below where it has some.
  text: 'is not vault encrypted data',
  hint: 'see whether it is the file that was meant',
}
export const OTHER_ID: Left = {
  why: 'other',
  text: 'is sealed with another vault id than was asked for',
  hint: 'name its vault id with --only-vault-id, or leave that out',
}
const OTHER_KEYS: Left = {
  why: 'nothing',
  text: 'holds no encrypted value of these keys',
  hint: 'leave out --key to have all of them',
}
const VALUES_INSIDE: Left = {
  why: 'other',
  text: 'is not encrypted as a whole, but values in it are',
  hint: 'leave out --whole to have the values',
}
/** Of a whole file, where values are asked for. */
export const WHOLE: Left = {
  why: 'other',
  text: 'is encrypted as a whole, and values were asked for',
  hint: 'leave out --inline and --key to have the whole file',
}

/** @throws VaultError for a file that cannot be read for sure, and for damaged vault text, with its place */
export function findVaulted(source: Source, scope: 'whole' | 'values', wanted: Wanted): Vaulted {
  const file = readVaulted(source)
  const tagged = file?.values.filter(({ isVault, style }) => isVault && style !== 'alias') ?? []
  const none = { file, values: [], faults: [] }
  if (file === undefined || tagged.length === 0) return { ...none, left: NOTHING_SEALED }
  const sealed = tagged.filter((value) => !isPlain(value))
  if (scope === 'whole') {
    return { ...none, left: sealed.length > 0 ? VALUES_INSIDE : NOTHING_SEALED }
  }
  const matching = sealed.filter(wanted.matches)
  const values = matching.filter((value) => {
    // Damage is told here, with its place.
    const id = idOf(value.text, placeOf(file.name, value))
    return wanted.ids?.includes(id) !== false
  })
  const faults = tagged
    .filter((value) => isPlain(value) && wanted.matches(value))
    .map((value) => plainError(file.name, value))
  const left = matching.length > 0 ? OTHER_ID : sealed.length > 0 ? OTHER_KEYS : NOTHING_SEALED
  return { file, values, faults, left: values.length + faults.length > 0 ? undefined : left }
}

/** What an operation answers where there is no value to work on. */
export function unchanged({ faults, left }: Vaulted): Outcome {
  return { ...UNCHANGED, faults, ...(left !== undefined && { left }) }
}

/** The file, if it is YAML that may hold a vaulted value. */
function readVaulted(source: Source): YamlFile | undefined {
  if (source.kind !== 'yaml' || !source.bytes.includes('!vault')) return undefined
  return readYamlFile(source.name, textOf(source))
}
