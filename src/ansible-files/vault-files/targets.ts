// Which values of a file an inline encryption is for, and which of them it cannot be done to. Ansible decrypts a value only in
// YAML, never evaluates it afterwards, and always gets a string.
import { VaultError } from '../../errors.js'
import { isVaultText } from '../../vault/envelope.js'
import { IniSyntaxError, readIniValues } from '../vars-file/ini-values.js'
import type { FileValue } from '../vars-file/value.js'
import type { YamlValue } from '../vars-file/yaml-values.js'
import { formatPath } from './change.js'
import type { Note } from './change.js'
import type { YamlFile } from './yaml-file.js'

export type Matches = (value: Pick<FileValue, 'key' | 'path'>) => boolean

export interface Targets {
  readonly values: readonly YamlValue[]
  readonly notes: readonly Note[]
  readonly refusals: readonly VaultError[]
}

const JINJA = /\{[{%#]/

/** The open values of a YAML file that `matches` names. */
export function findTargets(file: YamlFile, matches: Matches): Targets {
  const [values, notes, refusals]: [YamlValue[], Note[], VaultError[]] = [[], [], []]
  for (const value of file.values) {
    if (!matches(value) || value.isVault || value.text === '') continue
    if (JINJA.test(value.text) && value.tag !== '!unsafe') {
      notes.push(noteOn(value, 'a template, which Ansible would no longer evaluate: left as it is'))
      continue
    }
    const [reason, hint] = obstacle(file, value) ?? []
    if (reason === undefined) values.push(value)
    else refusals.push(refusal(file.name, value, reason, hint!))
  }
  return { values, notes, refusals }
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
  if (value.aliases > 0) {
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
  if (isVaultText(value.text)) {
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
