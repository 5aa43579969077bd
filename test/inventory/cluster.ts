import type { ClusterConfig } from '../../src/config/config.js'
import { K3S_IO } from '../../src/role/k3s-io.js'

/** A cluster with the default of every option, but for the changes. */
export function cluster(changes: Partial<ClusterConfig> = {}): ClusterConfig {
  return {
    name: 'prod',
    role: K3S_IO,
    groups: {},
    vars: {},
    agentToken: false,
    emit: 'plain',
    form: 'short',
    level: 'group',
    mint: 'first-use',
    probe: false,
    endpoints: [],
    encrypt: 'always',
    token: { length: 43, alphabet: 'alphanumeric' },
    store: { kind: 'file', folder: '/nowhere' },
    location: {},
    ...changes,
  }
}
