// Errors that come out of another bundle. Its classes are copies of ours, so that nothing can be told by `instanceof`.
import { StoreError } from '../errors.js'
import type { Location } from '../errors.js'

/** An error of another bundle's copy of our classes as one of ours; anything else as it is. */
export function ownError(error: unknown, location: Location): unknown {
  if (!(error instanceof Error) || (error as { area?: unknown }).area !== 'store') return error
  const { code, message, location: given, hint } = error as StoreError
  return new StoreError(code, message, {
    location: { ...location, ...given },
    hint,
  })
}
