import { decodeText } from '../../vault/engine.js'
import { idOf } from '../../vault/keychain.js'
import type { Keychain } from '../../vault/keychain.js'
import type { YamlValue } from '../vars-file/yaml-values.js'
import { formatPath } from './change.js'
import type { Change, Outcome } from './change.js'
import { wholeVaultText } from './contents.js'
import { editValues } from './edit-values.js'
import type { ValueResult } from './edit-values.js'
import { UNCHANGED } from './operation.js'
import type { Operation, OperationOptions, Source } from './operation.js'
import { placeOf } from './plain-value.js'
import { findVaulted, OTHER_ID, unchanged, WHOLE } from './vaulted.js'

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
    if (whole === undefined) return decryptValues(source, options, how)
    if (options.scope === 'inline') return { ...UNCHANGED, left: WHOLE }
    const from = idOf(whole, { file: source.name })
    if (how.ids?.includes(from) === false) return { ...UNCHANGED, left: OTHER_ID }
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
  const scope = options.scope === 'whole' ? 'whole' : 'values'
  const found = findVaulted(source, scope, { ...how, matches: options.matches })
  const { file, values, faults } = found
  if (file === undefined || values.length === 0) return unchanged(found)
  const changes = values.map((value): Change => {
    const { path, line, text } = value
    return {
      key: formatPath(path),
      line,
      from: idOf(text, placeOf(file.name, value)),
      to: undefined,
    }
  })
  if (options.mode === 'plan') return { ...UNCHANGED, changes, faults }
  const results = await Promise.all(
    values.map(async (value): Promise<ValueResult> => {
      const text = await openText(file.name, value, options, how.keychain())
      options.advance(1 / values.length)
      return { value, result: { text } }
    }),
  )
  const content = Buffer.from(editValues(file, results, 'keep-style'))
  return { ...UNCHANGED, changes, faults, content }
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
