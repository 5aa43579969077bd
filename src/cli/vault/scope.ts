import type { OperationOptions } from '../../ansible-files/vault-files/operation.js'
import { compileKeys } from '../../ansible-files/vault-files/keys.js'
import type { Call } from '../command.js'

/** Whole files, values, or either, as the options of a call say; a key makes it values. */
export function scopeOf({ input }: Call): OperationOptions['scope'] {
  if (input.has('inline') || input.list('key').length > 0) return 'inline'
  return input.has('whole') ? 'whole' : 'any'
}

/** The values of --key; all without it. */
export function matchesOf({ input }: Call): OperationOptions['matches'] {
  const keys = input.list('key')
  return keys.length > 0 ? compileKeys(keys) : () => true
}

/** The vault ids of --only-vault-id; undefined: all. */
export function idsOf({ input }: Call): readonly string[] | undefined {
  const ids = input.list('only-vault-id')
  return ids.length > 0 ? ids : undefined
}
