// The start on each supported line of Node.js. Each makes its own code cache in the round that is not counted.
import { findNodes } from '../support/nodes.js'
import type { NodeVersion } from '../support/nodes.js'
import type { Comparison, Contestant, Suite } from './suite.js'
import { oneCluster } from './start.js'
import { LAUNCHER } from './workshop.js'
import type { Workshop } from './workshop.js'

/** The start of one cluster's inventory source against Node's own, line by line. */
export function nodesSuite(shop: Workshop): Suite {
  const nodes = newestOfEachLine(findNodes())
  const project = shop.configured('nodes.yml', oneCluster('plain', 'nodes_tokens'))
  shop.list(project)
  const contestants = nodes.flatMap(({ version, node }): Contestant[] => [
    { name: `node ${version}`, program: node, arguments: ['-e', '0'], environment: project },
    {
      name: `list ${version}`,
      program: LAUNCHER,
      arguments: ['--list'],
      environment: { ...project, K3S_VARS_NODE: node },
    },
  ])
  const comparisons = nodes.map(({ version }): Comparison => ({
    what: `\`--list\`, one secret opened, against \`node -e 0\`, Node.js ${version}`,
    contestant: `list ${version}`,
    against: `node ${version}`,
    limit: 1.5,
  }))
  return {
    title: 'Start on each line of Node.js',
    floor: 'Node alone, which does nothing',
    contestants,
    comparisons,
  }
}

function newestOfEachLine(nodes: readonly NodeVersion[]): readonly NodeVersion[] {
  const newest = new Map<number, NodeVersion>()
  for (const each of [...nodes].sort((a, b) => minorOf(a) - minorOf(b)))
    newest.set(majorOf(each), each)
  return [...newest.values()].sort((a, b) => majorOf(a) - majorOf(b))
}

function majorOf({ version }: NodeVersion): number {
  return Number(version.split('.')[0])
}

function minorOf({ version }: NodeVersion): number {
  return Number(version.split('.')[1])
}
