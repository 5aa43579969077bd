import { decodeText } from '../../vault/engine.js'
import { idOf } from '../../vault/keychain.js'
import type { Keychain } from '../../vault/keychain.js'
import type { YamlValue } from '../vars-file/yaml-values.js'
import { formatPath } from './change.js'
import type { Change, Outcome } from './change.js'
import { textOf, wholeVaultText } from './contents.js'
import { editValues } from './edit-values.js'
import type { ValueResult } from './edit-values.js'
import { UNCHANGED } from './operation.js'
import type { Operation, OperationOptions, Source } from './operation.js'
import { readYamlFile } from './yaml-file.js'
import type { YamlFile } from './yaml-file.js'

export interface DecryptOptions {
  /** The passwords. Not asked for where nothing has to be opened. */
  readonly keychain: () => Keychain
  /** Only what is sealed with one of these vault ids; undefined: all. */
  readonly ids: readonly string[] | undefined
}

/** Decrypts whole files, and the vaulted values of YAML files. */
export function decrypting(how: DecryptOptions): Operation {
  return async (source, options) => {
    const whole = wholeVaultText(source)
    if (whole === undefined) {
      return options.scope === 'whole' ? UNCHANGED : decryptValues(source, options, how)
    }
    const from = idOf(whole, { file: source.name })
    if (options.scope === 'inline' || how.ids?.includes(from) === false) return UNCHANGED
    const changes: Change[] = [{ key: undefined, line: 1, from, to: undefined }]
    if (options.mode === 'plan') return { ...UNCHANGED, changes }
    const place = { file: source.name }
    const { bytes } = await options.limiter.run(() => how.keychain().open(whole, place))
    return { ...UNCHANGED, changes, content: bytes }
  }
}

async function decryptValues(
  source: Source,
  options: OperationOptions,
  how: DecryptOptions,
): Promise<Outcome> {
  const file = readVaulted(source)
  const values = file?.values.filter((value) => isWanted(file.name, value, options, how.ids)) ?? []
  if (file === undefined || values.length === 0) return UNCHANGED
  const changes = values.map((value): Change => {
    const { path, line, text } = value
    return {
      key: formatPath(path),
      line,
      from: idOf(text, placeOf(file.name, value)),
      to: undefined,
    }
  })
  if (options.mode === 'plan') return { ...UNCHANGED, changes }
  const results = await Promise.all(
    values.map(async (value): Promise<ValueResult> => {
      const text = await openText(file.name, value, options, how.keychain())
      options.advance(1 / values.length)
      return { value, result: { text } }
    }),
  )
  return { ...UNCHANGED, changes, content: Buffer.from(editValues(file, results, 'keep-style')) }
}

/** The file, if it is YAML that may hold a vaulted value. */
export function readVaulted(source: Source): YamlFile | undefined {
  if (source.kind !== 'yaml' || !source.bytes.includes('!vault')) return undefined
  return readYamlFile(source.name, textOf(source))
}

/** Whether a vaulted value is one that the operation is for. */
export function isWanted(
  file: string,
  value: YamlValue,
  { matches }: Pick<OperationOptions, 'matches'>,
  ids: readonly string[] | undefined,
): boolean {
  if (!value.isVault || value.style === 'alias' || !matches(value)) return false
  // Damage is told here, with its place.
  return ids?.includes(idOf(value.text, placeOf(file, value))) !== false
}

/** The string inside a vaulted value. */
export async function openText(
  file: string,
  value: YamlValue,
  { limiter }: Pick<OperationOptions, 'limiter'>,
  keychain: Keychain,
): Promise<string> {
  const place = placeOf(file, value)
  const { bytes } = await limiter.run(() => keychain.open(value.text, place))
  return decodeText(bytes, place).reveal()
}

export function placeOf(
  file: string,
  { line, column, path }: YamlValue,
): { readonly file: string; readonly line: number; readonly column: number; readonly key: string } {
  return { file, line, column, key: formatPath(path) }
}
