import { ConfigError, UsageError } from '../errors.js'
import type { ClusterConfig, Config } from './config.js'
import { nearestWord } from './nearest-word.js'

/**
 * The cluster of this name, or the only one there is.
 * @throws ConfigError `K3SV_CONFIG_UNKNOWN_CLUSTER`, UsageError where a choice is needed; the name given is not repeated
 */
export function chooseCluster(config: Config, name: string | undefined): ClusterConfig {
  const [first, ...others] = config.clusters
  if (name === undefined && first !== undefined && others.length === 0) return first
  const names = config.clusters.map((cluster) => cluster.name)
  if (name === undefined) {
    throw new UsageError('K3SV_USAGE', 'the configuration has several clusters: name one', {
      hint: `the clusters are ${listNames(names)}`,
    })
  }
  const found = config.clusters.find((cluster) => cluster.name === name)
  if (found !== undefined) return found
  const near = nearestWord(name, names)
  throw new ConfigError(
    'K3SV_CONFIG_UNKNOWN_CLUSTER',
    'the configuration has no cluster of this name',
    {
      location: { file: config.file },
      hint: near === undefined ? `the clusters are ${listNames(names)}` : `did you mean ${near}?`,
    },
  )
}

/** The clusters named, each once, or all of them if none is. */
export function chooseClusters(config: Config, names: readonly string[]): readonly ClusterConfig[] {
  if (names.length === 0) return config.clusters
  return [...new Set(names)].map((name) => chooseCluster(config, name))
}

const SHOWN_NAMES = 10

function listNames(names: readonly string[]): string {
  const more = names.length > SHOWN_NAMES ? ` and ${names.length - SHOWN_NAMES} more` : ''
  return names.slice(0, SHOWN_NAMES).join(', ') + more
}
