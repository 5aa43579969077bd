// The variables of the environment that K3s and RKE2 take their tokens from: one list for minting, for the programs that we
// start, for `token import --env` and for `scan`.

/** By the token's kind. */
export const TOKEN_VARIABLES = {
  server: ['K3S_TOKEN', 'RKE2_TOKEN'],
  agent: ['K3S_AGENT_TOKEN', 'RKE2_AGENT_TOKEN'],
} as const

/** The variable that names a file with the token of another variable. */
export function fileVariableOf<Name extends string>(name: Name): `${Name}_FILE` {
  return `${name}_FILE`
}

/** Every variable that holds a token or leads to one. */
export const ALL_TOKEN_VARIABLES: readonly string[] = Object.values(TOKEN_VARIABLES)
  .flat()
  .flatMap((name) => [name, fileVariableOf(name)])

/** The variables by which tools that keep secrets are found and logged in to; some hold secrets themselves. */
export const STORE_VARIABLES = /^(?:ANSIBLE_HASHI_VAULT|BAO|VAULT|ETCDCTL)_/
