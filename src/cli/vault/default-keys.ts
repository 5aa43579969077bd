import { tokenNames } from '../../role/token-variables.js'

/** The keys of the variables that the known roles read tokens from. */
export function tokenKeys(): readonly string[] {
  return tokenNames().map(({ name, key }) => (key === undefined ? name : `${name}.${key}`))
}
