// A configuration that is there already is never changed, so an option that says something else is refused.
import type { ClusterConfig, Config } from '../../config/config.js'
import { UsageError } from '../../errors.js'
import type { Call } from '../command.js'

/**
 * The cluster that is meant: the one that is named, or the first.
 * @throws UsageError where an option contradicts it
 */
export function declaredCluster({ input }: Call, { clusters, file }: Config): ClusterConfig {
  const name = input.text('cluster')
  const cluster = name === undefined ? clusters[0]! : clusters.find((one) => one.name === name)
  if (cluster === undefined) throw contradiction('cluster', file)
  const isOther = (option: string, value: string | undefined): boolean =>
    input.text(option) !== undefined && input.text(option) !== value
  if (isOther('role', cluster.role.id)) throw contradiction('role', file)
  if (isOther('vault-id', cluster.vaultId)) throw contradiction('vault-id', file)
  return cluster
}

function contradiction(option: string, file: string): UsageError {
  return new UsageError(
    'K3SV_USAGE',
    `the configuration that is there says nothing of that --${option}`,
    {
      location: { file },
      hint: `change it there: init changes nothing that exists`,
    },
  )
}
