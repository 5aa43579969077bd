// What has to hold of a cluster before its token is rotated; a row for each. What `drift` finds wrong with a node stops, too, by the same
// names. All of it is looked at before anything is done, and told at once.
import type { DriftFinding } from '../drift/finding.js'
import type { ComparedNode } from '../drift/judgement.js'
import { agents, servers } from './situation.js'
import type { NodeState, Stop, View } from './situation.js'
import { hasDatabase } from './rotated.js'

/** Servers whose clocks differ by more would take each other's files for newer. */
const MOST_SECONDS = 30
const LEAST_BYTES = 64 * 1024 * 1024
/** The first releases that have `token rotate` (k3s-io/k3s#8264), by their minor version. */
const OLDEST: readonly (readonly [minor: number, patch: number])[] = [
  [25, 15],
  [26, 10],
  [27, 7],
  [28, 3],
]

interface Check {
  readonly name: string
  readonly message: string
  readonly hint: string
  /** The nodes that are not as they should be; one without a name: all of them. */
  readonly find: (view: View) => readonly string[]
  readonly isPassing?: true
}

/** Besides what `drift` finds. */
const CHECKS: readonly Check[] = [
  {
    name: 'no-servers',
    message: 'no server of the cluster could be looked at',
    hint: 'name the inventory with its hosts (-i INVENTORY), and see that `ansible all -m ping` reaches them',
    find: (view) => (servers(view).length === 0 ? [''] : []),
    isPassing: true,
  },
  {
    name: 'not-ready',
    message: 'K3s runs and is not ready, or its member of etcd is not healthy or does not vote',
    hint: 'wait for it, then run the same command again',
    find: named(servers, ({ isReady }) => !isReady),
    isPassing: true,
  },
  {
    name: 'no-source',
    message: 'nothing gives it its token, so there is no place for a new one',
    hint: 'let the role write the token there first',
    find: named(all, ({ missing }) => missing.length > 0),
  },
  {
    name: 'source-unclear',
    message: 'its token stands in a way that is not exchanged in place',
    hint: 'write it as the role does, on a line of its own',
    find: named(all, ({ sources }) => sources.some(({ isWritable }) => !isWritable)),
  },
  {
    name: 'several-sources',
    message: 'more than one place gives it a token, and they differ',
    hint: 'take the others away, so that one place decides',
    find: named(
      all,
      ({ sources }) =>
        new Set(sources.map(({ option, which }) => `${option} ${which}`)).size >
        new Set(sources.map(({ option }) => option)).size,
    ),
  },
  {
    name: 'old-version',
    message: 'its release has no rotation of tokens yet',
    hint: 'upgrade it to v1.28.3 or newer first',
    find: named(servers, ({ version }) => isTooOld(version)),
  },
  {
    name: 'versions-differ',
    message: 'the servers have different versions: an upgrade is under way',
    hint: 'end the upgrade first',
    find: (view) => (differ(servers(view).map(({ version }) => version)) ? [''] : []),
  },
  {
    name: 'clocks-differ',
    message: `the clocks of the servers differ by more than ${MOST_SECONDS} seconds`,
    hint: 'set them by NTP: K3s tells by times which of two copies of its passwords is the newer one',
    find: (view) => (areApart(servers(view)) ? [''] : []),
  },
  {
    name: 'disk-full',
    message: 'its disk has no room for a snapshot and what K3s writes',
    hint: 'make room in the data folder',
    find: named(
      servers,
      ({ free, database = 0 }) => free !== undefined && free < LEAST_BYTES + 2 * database,
    ),
  },
  {
    name: 'no-snapshot',
    message: 'no snapshot can be made of its datastore from here',
    hint: 'save it by its own means, then: --no-snapshot',
    find: (view) =>
      view.wish.snapshots === 'none' || view.record?.snapshots === 'none'
        ? []
        : servers(view)
            .filter((one) => one.datastore !== 'none' && !(hasDatabase(one) && one.canSnapshot))
            .map(({ name }) => name),
  },
  {
    name: 'no-ca',
    message: 'the secure form is asked for, and no CA is known',
    hint: 'k3s-vars verify CLUSTER --pin',
    find: (view) =>
      (view.isSecure || view.wish.form === 'secure') && view.caHash === undefined ? [''] : [],
  },
]

/** Warnings of `drift` that a rotation cannot live with. */
const HARMFUL: readonly string[] = ['learner-member', 'no-source']
/** What has only to be waited for, or brought up. */
const PASSING: readonly string[] = [
  'node-unreachable',
  'node-failed',
  'learner-member',
  'memory-unclear',
  'datastore-unreadable',
  'not-running',
]

/** Everything that speaks against a rotation now; empty: nothing does. */
export function findFaults(
  view: View,
  compared: readonly ComparedNode[],
  findings: readonly DriftFinding[],
): readonly Stop[] {
  const found = [
    ...findings.map((finding) => asStop(finding)),
    ...compared.flatMap(({ name, findings: own }) => own.map((finding) => asStop(finding, name))),
  ].filter(({ severity, name }) => severity === 'error' || HARMFUL.includes(name))
  const known = new Set(found.map(({ name, node = '' }) => `${name} ${node}`))
  const own = CHECKS.flatMap(({ find, ...check }) =>
    find(view).map((node): Fault => ({
      severity: 'error',
      ...check,
      ...(node !== '' && { node }),
    })),
  ).filter(({ name, node = '' }) => !known.has(`${name} ${node}`))
  // What is wrong comes before what can be waited for.
  const sorted = [...found, ...own].sort(
    (one, other) => Number(one.isPassing ?? false) - Number(other.isPassing ?? false),
  )
  return sorted.map(({ severity, ...one }) => ({
    ...one,
    hint: one.hint.replaceAll('CLUSTER', view.cluster),
  }))
}

interface Fault extends Stop {
  readonly severity: DriftFinding['severity']
}

function asStop(finding: DriftFinding, node?: string): Fault {
  const { rule, severity, message, hint = '', on } = finding
  return {
    name: rule,
    severity,
    message: on === undefined ? message : `${on}: ${message}`,
    hint,
    ...(node !== undefined && { node }),
    ...((finding.isUnknown === true || PASSING.includes(rule)) && { isPassing: true }),
  }
}

function all(view: View): readonly NodeState[] {
  return [...servers(view), ...agents(view)]
}

function named(
  of: (view: View) => readonly NodeState[],
  isFound: (node: NodeState) => boolean,
): (view: View) => readonly string[] {
  return (view) =>
    of(view)
      .filter(isFound)
      .map(({ name }) => name)
}

function isTooOld(version: string): boolean {
  const [, minor = '', patch = ''] = /^v1\.(\d+)\.(\d+)/.exec(version) ?? []
  if (minor === '') return false
  const [first] = OLDEST[0]!
  if (Number(minor) < first) return true
  const line = OLDEST.find(([one]) => one === Number(minor))
  return line !== undefined && Number(patch) < line[1]
}

function differ(values: readonly string[]): boolean {
  return new Set(values.filter((value) => value !== '')).size > 1
}

function areApart(nodes: readonly NodeState[]): boolean {
  const clocks = nodes.flatMap(({ clock }) => (clock === undefined ? [] : [clock]))
  return clocks.length > 1 && Math.max(...clocks) - Math.min(...clocks) > MOST_SECONDS
}
