import { sealWith } from '../../vault/keychain.js'
import type { VaultSecret } from '../../vault/vault.js'
import { readYamlValues } from '../vars-file/yaml-values.js'
import type { YamlValue } from '../vars-file/yaml-values.js'
import { YamlSyntaxError } from '../../yaml/syntax-error.js'
import { formatPath } from './change.js'
import type { Change, Left, Outcome } from './change.js'
import { refuseLoneValue, textOf, wholeVaultText } from './contents.js'
import { editValues, isStyleKept } from './edit-values.js'
import type { ValueResult } from './edit-values.js'
import { UNCHANGED } from './operation.js'
import type { Operation, OperationOptions, Source } from './operation.js'
import { findTargets, noteOn, readInventory, refuseValues } from './targets.js'
import { readYamlFile } from './yaml-file.js'
import type { YamlFile } from './yaml-file.js'

export interface EncryptOptions {
  /** The password that seals. Not asked for where nothing has to be sealed. */
  readonly secret: () => VaultSecret
  /** Whether a comment keeps the style of a value where decrypting could not tell it. */
  readonly comments: 'keep-style' | 'none'
}

/** Encrypts whole files, or with the scope `inline` the values that are named; what is encrypted already stays. */
export function encrypting(how: EncryptOptions): Operation {
  return async (source, options) => {
    if (wholeVaultText(source) !== undefined) return { ...UNCHANGED, left: SEALED }
    return options.scope === 'inline'
      ? encryptValues(source, options, how)
      : encryptWhole(source, options, how)
  }
}

const SEALED: Left = {
  why: 'nothing',
  // In Ansible's own words.
  text: 'is already encrypted',
  hint: 'see whether it is the file that was meant',
}
const VALUES_SEALED: Left = {
  why: 'nothing',
  text: 'has no open value of these names: those that it has are encrypted already',
  hint: 'see whether it is the file that was meant',
}
const NO_VALUES: Left = {
  why: 'nothing',
  text: 'has no value of these names that could be encrypted',
  hint: 'name others with --key',
}

async function encryptWhole(
  source: Source,
  options: OperationOptions,
  { secret }: EncryptOptions,
): Promise<Outcome> {
  refuseLoneValue(source)
  const { bytes } = source
  const { id } = secret()
  const changes: Change[] = [{ key: undefined, line: 1, from: undefined, to: id }]
  if (options.mode === 'plan') return { ...UNCHANGED, changes }
  return {
    ...UNCHANGED,
    changes,
    content: Buffer.from(await options.limiter.run(() => sealWith(secret(), bytes))),
  }
}

async function encryptValues(
  source: Source,
  options: OperationOptions,
  how: EncryptOptions,
): Promise<Outcome> {
  const { name, kind } = source
  if (kind === 'ini') {
    const values = readInventory(name, textOf(source))
    return refused(refuseValues(name, values, options.matches, 'INI'))
  }
  if (kind === 'json') {
    const values = readJson(textOf(source))
    return refused(refuseValues(name, values, options.matches, 'JSON'))
  }
  const file = readYamlFile(name, textOf(source))
  const { values, notes, refusals, faults, isAnySealed } = findTargets(file, options.matches)
  if (refusals.length > 0) return { ...UNCHANGED, notes, refusals, faults }
  if (values.length === 0) {
    const left = isAnySealed ? VALUES_SEALED : NO_VALUES
    return { ...UNCHANGED, notes, faults, ...(faults.length === 0 && { left }) }
  }
  const { id } = how.secret()
  const changes = values.map(({ path, line }): Change => {
    return { key: formatPath(path), line, from: undefined, to: id }
  })
  // What stands behind a tag already has no spelling that decrypting could bring back.
  const open = values.filter(({ isVault }) => !isVault)
  const all = [...notes, ...styleNotes(file, open), ...newlineNotes(open)]
  if (options.mode === 'plan') return { ...UNCHANGED, changes, notes: all, faults }
  const results = await Promise.all(
    values.map(async (value): Promise<ValueResult> => {
      const content = Buffer.from(contentOf(value))
      const vaultText = await options.limiter.run(() => sealWith(how.secret(), content))
      options.advance(1 / values.length)
      return { value, result: { vaultText } }
    }),
  )
  const content = Buffer.from(editValues(file, results, how.comments))
  return { ...UNCHANGED, changes, notes: all, faults, content }
}

function refused(refusals: Outcome['refusals']): Outcome {
  return { ...UNCHANGED, refusals, ...(refusals.length === 0 && { left: NO_VALUES }) }
}

/** The line end of a block behind the tag is that of the ciphertext which should stand there, and no part of the value. */
function contentOf({ text, isVault, body }: YamlValue): string {
  return isVault && body !== undefined ? text.replace(/\n$/, '') : text
}

/** JSON is YAML, but for what Ansible then reads as JSON; text that is neither has no values. */
function readJson(text: string): ReturnType<typeof readYamlValues> {
  try {
    return readYamlValues(text)
  } catch (error) {
    if (error instanceof YamlSyntaxError) return []
    throw error
  }
}

function styleNotes(file: YamlFile, values: YamlFile['values']): Outcome['notes'] {
  return values
    .filter((value) => !isStyleKept(file, value))
    .map((value) =>
      noteOn(value, 'decrypting will bring back the value, but not the way it is written now'),
    )
}

function newlineNotes(values: YamlFile['values']): Outcome['notes'] {
  return values
    .filter(({ text }) => text.endsWith('\n'))
    .map((value) =>
      noteOn(
        value,
        'the value ends in a newline, which is encrypted with it; write |- if none is meant',
      ),
    )
}
