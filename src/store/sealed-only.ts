// Kinds whose keepers see everything, now and in every copy and backup, take tokens sealed alone.
import { StoreError } from '../errors.js'
import type { NewText } from './shared-place.js'

/** @throws StoreError `K3SV_STORE_UNSEALED` where a token lies open in the text */
export function requireSealed({ open }: NewText, keeper: string): void {
  if (open === undefined) return
  throw new StoreError('K3SV_STORE_UNSEALED', `a token would lie in the clear in ${keeper}`, {
    hint: 'seal it: encrypt: always',
  })
}
