// Which values of a file an inline encryption is for, and which of them it cannot be done to. Ansible decrypts a value only in
// YAML, never evaluates it afterwards, and always gets a string.
import { VaultError } from '../../errors.js'
import { isDamagedVaultText, isVaultText } from '../../vault/envelope.js'
import { IniSyntaxError, readIniValues } from '../vars-file/ini-values.js'
import type { FileValue } from '../vars-file/value.js'
import type { YamlValue } from '../vars-file/yaml-values.js'
import { formatPath } from './change.js'
import type { Note } from './change.js'
import type { Matches } from './keys.js'
import { isPlain, plainError } from './plain-value.js'
import type { YamlFile } from './yaml-file.js'

export interface Targets {
  readonly values: readonly YamlValue[]
  readonly notes: readonly Note[]
  /** Why the file cannot be changed. */
  readonly refusals: readonly VaultError[]
  /** What is wrong with values that carry the tag and hold nothing that could be sealed. */
  readonly faults: readonly VaultError[]
  /** Whether a value of these names is sealed already. */
  readonly isAnySealed: boolean
}

const JINJA = /\{[{%#]/

/** The open values of a YAML file that `matches` names, among them plain text behind the tag of a vaulted value. */
export function findTargets(file: YamlFile, matches: Matches): Targets {
  const [values, notes, refusals]: [YamlValue[], Note[], VaultError[]] = [[], [], []]
  const faults: VaultError[] = []
  const named = file.values.filter(matches)
  for (const value of named) {
    const isSealed = value.isVault && !isPlain(value)
    if (isSealed || (value.text === '' && !value.isVault)) continue
    if (value.isVault && (value.text.trim() === '' || JINJA.test(value.text))) {
      faults.push(plainError(file.name, value))
      continue
    }
    if (JINJA.test(value.text) && value.tag !== '!unsafe') {
      notes.push(noteOn(value, 'a template, which Ansible would no longer evaluate: left as it is'))
      continue
    }
    const [reason, hint] = obstacle(file, value) ?? []
    if (reason === undefined) values.push(value)
    else refusals.push(refusal(file.name, value, reason, hint!))
  }
  const isAnySealed = named.some((value) => value.isVault && !isPlain(value))
  return { values, notes, refusals, faults, isAnySealed }
}

/** The refusals for values of an INI inventory or of JSON, where a value cannot be vaulted by itself. */
export function refuseValues(
  name: string,
  values: readonly FileValue[],
  matches: Matches,
  reason: 'INI' | 'JSON',
): readonly VaultError[] {
  return values
    .filter((value) => matches(value) && value.text !== '' && !JINJA.test(value.text))
    .map((value) => {
      const [owner] = value.path
      const where = reason === 'INI' ? `group_vars or host_vars of ${formatPath([owner!])}` : 'YAML'
      return refusal(
        name,
        value,
        `${reason} cannot carry a vaulted value: Ansible would take the ciphertext for it`,
        `move the value into a file of ${where} and encrypt it there, or encrypt this whole file`,
      )
    })
}

/**
 * The values of an INI inventory.
 * @throws VaultError `K3SV_VAULT_SYNTAX`
 */
export function readInventory(name: string, text: string): readonly FileValue[] {
  try {
    return readIniValues(text)
  } catch (error) {
    if (!(error instanceof IniSyntaxError)) throw error
    throw new VaultError(
      'K3SV_VAULT_SYNTAX',
      `the file cannot be read as an INI inventory: ${error.message}`,
      { location: { file: name, line: error.line }, hint: 'ansible-inventory refuses it, too' },
    )
  }
}

function obstacle(file: YamlFile, value: YamlValue): readonly [string, string] | undefined {
  if (value.style === 'alias') {
    return [
      'the value is an alias of another one',
      'encrypt the value that has the anchor, or write it out here',
    ]
  }
  // Behind the tag it is a vaulted value to all of them, before and after.
  if (value.aliases > 0 && !value.isVault) {
    return [
      'aliases elsewhere in the file share the value',
      'write the value out in each place, or encrypt the whole file',
    ]
  }
  if (value.type !== 'string') {
    return [
      `Ansible reads the value as ${NAMES[value.type]}, and a vaulted value is always a string`,
      'put it in quotes first, if a string is meant',
    ]
  }
  if (isVaultText(value.text) || isDamagedVaultText(value.text)) {
    return ['the value is vault text already, without the tag', 'write !vault in front of it']
  }
  const isCommented = file.comments.some(
    ({ start }) => start > value.span.start && start < value.core.start,
  )
  return isCommented
    ? ['a comment stands between the tag and the value', 'move the comment']
    : undefined
}

const NAMES = {
  string: 'a string',
  number: 'a number',
  boolean: 'true or false',
  null: 'nothing',
  date: 'a date',
  other: 'something of its own tag',
} as const

export function noteOn({ path, line }: FileValue, text: string): Note {
  return { key: formatPath(path), line, text }
}

function refusal(file: string, value: FileValue, reason: string, hint: string): VaultError {
  return new VaultError('K3SV_VAULT_VALUE', reason, {
    location: { file, line: value.line, column: value.column, key: formatPath(value.path) },
    hint,
  })
}
