// The ways that a token takes to a task, and what arrives: data for the scenario that tries them and for the table in docs.

/** How a token reaches the variables of a host. */
export const WAYS = ['group', 'host', 'vars plugin', 'lookup', 'extra vars'] as const
export type Way = (typeof WAYS)[number]

export const EMITS = ['plain', 'vaulted'] as const
export type Emit = (typeof EMITS)[number]

/** What a node would read. */
export type Arrival = 'token' | 'ciphertext'

export interface Arrivals {
  /** From `{token: '{{ token }}'}`, a variable that `to_nice_yaml` writes: `config.yaml` of the k3s-io role. */
  readonly config: Arrival
  /** From `{'token': token} | to_nice_yaml`, a mapping made in the template itself. */
  readonly inline: Arrival
  /** From `K3S_TOKEN={{ token }}`: the environment file of agents. */
  readonly environment: Arrival
}

/**
 * What arrives with an ansible-core. The lookup opens sealed tokens itself; everything else leaves that to Ansible, which
 * hands a vaulted value unopened to filters: up to 2.20 in a mapping made in the template, and in 2.19 and 2.20 everywhere
 * (https://github.com/ansible/ansible/issues/84380).
 */
export function expectedArrivals(version: string, way: Way, emit: Emit): Arrivals {
  const minor = Number(version.split('.')[1])
  const isLeftToAnsible = emit === 'vaulted' && way !== 'lookup'
  const arrival = (isWrong: boolean): Arrival =>
    isLeftToAnsible && isWrong ? 'ciphertext' : 'token'
  return {
    config: arrival(minor === 19 || minor === 20),
    inline: arrival(minor <= 20),
    environment: 'token',
  }
}
