import { sealWith } from '../../vault/keychain.js'
import type { VaultSecret } from '../../vault/vault.js'
import { readYamlValues } from '../vars-file/yaml-values.js'
import { YamlSyntaxError } from '../../yaml/syntax-error.js'
import { formatPath } from './change.js'
import type { Change, Outcome } from './change.js'
import { textOf, wholeVaultText } from './contents.js'
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
    if (wholeVaultText(source) !== undefined) return UNCHANGED
    return options.scope === 'inline'
      ? encryptValues(source, options, how)
      : encryptWhole(source, options, how)
  }
}

async function encryptWhole(
  { bytes }: Source,
  options: OperationOptions,
  { secret }: EncryptOptions,
): Promise<Outcome> {
  const { id } = secret()
  const changes: Change[] = [{ key: undefined, line: 1, from: undefined, to: id }]
  if (options.mode === 'plan') return { ...UNCHANGED, changes }
  return {
    ...UNCHANGED,
    changes,
    content: Buffer.from(await options.pace.run(() => sealWith(secret(), bytes))),
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
    return { ...UNCHANGED, refusals: refuseValues(name, values, options.matches, 'INI') }
  }
  if (kind === 'json') {
    const values = readJson(textOf(source))
    return { ...UNCHANGED, refusals: refuseValues(name, values, options.matches, 'JSON') }
  }
  const file = readYamlFile(name, textOf(source))
  const { values, notes, refusals } = findTargets(file, options.matches)
  if (values.length === 0 || refusals.length > 0) return { ...UNCHANGED, notes, refusals }
  const { id } = how.secret()
  const changes = values.map(({ path, line }): Change => {
    return { key: formatPath(path), line, from: undefined, to: id }
  })
  const all = [...notes, ...styleNotes(file, values), ...newlineNotes(values)]
  if (options.mode === 'plan') return { ...UNCHANGED, changes, notes: all }
  const results = await Promise.all(
    values.map(async (value): Promise<ValueResult> => {
      const content = Buffer.from(value.text)
      const vaultText = await options.pace.run(() => sealWith(how.secret(), content))
      options.advance(1 / values.length)
      return { value, result: { vaultText } }
    }),
  )
  const content = Buffer.from(editValues(file, results, how.comments))
  return { changes, notes: all, refusals: [], content }
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
