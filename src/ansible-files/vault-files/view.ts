import { formatPath } from './change.js'
import { wholeVaultText } from './contents.js'
import { isWanted, openText, readVaulted } from './decrypt.js'
import type { DecryptOptions } from './decrypt.js'
import { editValues } from './edit-values.js'
import type { OperationOptions, Source } from './operation.js'

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

/** Opens files without writing them; undefined for a file that holds nothing encrypted which is asked for. */
export function viewing({ keychain, ids }: DecryptOptions) {
  return async (source: Source, options: OperationOptions): Promise<View | undefined> => {
    const whole = wholeVaultText(source)
    if (whole !== undefined) {
      if (options.scope === 'inline') return undefined
      const { bytes } = await options.limiter.run(() =>
        keychain().open(whole, { file: source.name }),
      )
      return { content: bytes, values: [] }
    }
    const file = options.scope === 'whole' ? undefined : readVaulted(source)
    const wanted = file?.values.filter((value) => isWanted(file.name, value, options, ids)) ?? []
    if (file === undefined || wanted.length === 0) return undefined
    const opened = await Promise.all(
      wanted.map(async (value) => ({
        value,
        text: await openText(file.name, value, options, keychain()),
      })),
    )
    const results = opened.map(({ value, text }) => ({ value, result: { text } }))
    return {
      content: Buffer.from(editValues(file, results, 'keep-style')),
      values: opened.map(({ value: { path, line }, text }) => ({
        key: formatPath(path),
        line,
        text,
      })),
    }
  }
}
