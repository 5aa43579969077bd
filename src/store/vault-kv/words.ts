// What goes wrong with KV, in the words of somebody who runs OpenBao or Vault. No text of the server is repeated: it may quote
// what it was sent.
import { StoreError } from '../../errors.js'
import type { CodeOf } from '../../errors.js'
import type { KvSpec } from '../../store-spec.js'

/** Names of a server and of its program. */
export interface Names {
  readonly title: string
  readonly program: string
  /** What its environment variables begin with. */
  readonly prefix: 'BAO_' | 'VAULT_'
}

export function namesOf({ kind }: Pick<KvSpec, 'kind'>): Names {
  return kind === 'openbao'
    ? { title: 'OpenBao', program: 'bao', prefix: 'BAO_' }
    : { title: 'Vault', program: 'vault', prefix: 'VAULT_' }
}

export function storeError(code: CodeOf<'store'>, message: string, hint: string): StoreError {
  return new StoreError(code, message, { hint })
}

/** The server cannot be reached, or does not answer as it should. */
export function unavailable({ title, program }: Names, why: string): StoreError {
  return storeError(
    'K3SV_STORE_UNAVAILABLE',
    `${title} cannot answer: ${why}`,
    `see what \`${program} status\` says from this machine`,
  )
}

export function sealed({ title, program }: Names): StoreError {
  return storeError(
    'K3SV_STORE_UNAVAILABLE',
    `${title} is sealed`,
    `have it unsealed (\`${program} operator unseal\`), then run this again`,
  )
}

export function denied({ title, program }: Names, what: string): StoreError {
  return storeError(
    'K3SV_STORE_DENIED',
    `${title} does not let us ${what}`,
    `compare \`${program} token lookup\` with the policy in docs/stores-openbao.md; a token may have expired`,
  )
}

/** @param code Node's and OpenSSL's name of what is wrong */
export function untrusted({ title, prefix }: Names, code: string): StoreError {
  return storeError(
    'K3SV_STORE_TLS',
    `the certificate of ${title} is not to be trusted${TLS_WORDS[code] ?? ''} (${code})`,
    `name the CA that signed it as ca_cert or in ${prefix}CACERT, and the server as its certificate does; it is always verified`,
  )
}

const TLS_WORDS: Readonly<Partial<Record<string, string>>> = {
  ERR_TLS_CERT_ALTNAME_INVALID: ': it is for another name than the address has',
  CERT_HAS_EXPIRED: ': it has expired',
  CERT_NOT_YET_VALID: ': it is not valid yet, or the clock of this machine is wrong',
  DEPTH_ZERO_SELF_SIGNED_CERT: ': no CA that is known here signed it',
  SELF_SIGNED_CERT_IN_CHAIN: ': no CA that is known here signed it',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ': no CA that is known here signed it',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ': no CA that is known here signed it',
}

export function unfit(message: string, hint: string): StoreError {
  return storeError('K3SV_STORE_UNFIT', message, hint)
}

export function missing(message: string, hint: string): StoreError {
  return storeError('K3SV_STORE_SETTINGS', message, hint)
}

/** An error of ours as a value, for whoever can go on without the answer. */
export function readableError(error: unknown): { readonly message: string } {
  if (error instanceof StoreError) return { message: error.message }
  throw error
}
