import type { VaultError } from '../../errors.js'
import { idOf } from '../../vault/keychain.js'
import { formatPath } from './change.js'
import type { Left } from './change.js'
import { wholeVaultText } from './contents.js'
import { openText } from './decrypt.js'
import type { DecryptOptions } from './decrypt.js'
import { editValues } from './edit-values.js'
import type { OperationOptions, Source } from './operation.js'
import { findVaulted, OTHER_ID, WHOLE } from './vaulted.js'

/** What an encrypted file holds. */
export interface View {
  /** The file as decrypting would leave it. */
  readonly content: Buffer
  /** The values that were opened; empty for a whole file. */
  readonly values: readonly {
    readonly key: string
    readonly line: number
    readonly text: string
  }[]
}

/** What became of one file. */
export interface Viewed {
  /** Undefined where nothing in it is encrypted that is asked for. */
  readonly view: View | undefined
  /** What is wrong with single values; the others are shown. */
  readonly faults: readonly VaultError[]
  readonly left?: Left | undefined
}

/** Opens files without writing them. */
export function viewing({ keychain, ids }: DecryptOptions) {
  return async (source: Source, options: OperationOptions): Promise<Viewed> => {
    const whole = wholeVaultText(source)
    if (whole !== undefined) {
      const place = { file: source.name }
      if (options.scope === 'inline') return { view: undefined, faults: [], left: WHOLE }
      if (ids?.includes(idOf(whole, place)) === false)
        return { view: undefined, faults: [], left: OTHER_ID }
      const { bytes } = await options.limiter.run(() => keychain().open(whole, place))
      return { view: { content: bytes, values: [] }, faults: [] }
    }
    const scope = options.scope === 'whole' ? 'whole' : 'values'
    const { file, values, faults, left } = findVaulted(source, scope, {
      ids,
      matches: options.matches,
    })
    if (file === undefined || values.length === 0) return { view: undefined, faults, left }
    const opened = await Promise.all(
      values.map(async (value) => ({
        value,
        text: await openText(file.name, value, options, keychain()),
      })),
    )
    const results = opened.map(({ value, text }) => ({ value, result: { text } }))
    const view = {
      content: Buffer.from(editValues(file, results, 'keep-style')),
      values: opened.map(({ value: { path, line }, text }) => ({
        key: formatPath(path),
        line,
        text,
      })),
    }
    return { view, faults }
  }
}
