import { kindOfName } from '../../role/token-names.js'
import type { Matches } from '../../ansible-files/vault-files/keys.js'

/**
 * Whether a value stands under a name that carries a token. One that other programs use as well (`token`) counts, too:
 * whoever encrypts has named the files.
 */
export const isTokenValue: Matches = ({ path }) => {
  const names = path.filter((step) => typeof step === 'string')
  return kindOfName(names.at(-1) ?? '', names.at(-2)) !== 'other'
}
