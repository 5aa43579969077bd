// Whether each document is the newest that there was: a document of before is bound and sealed as well as the one of today.
import { activeGeneration } from '../../document/active.js'
import type { ClusterDocument } from '../../document/document.js'
import { findBreak } from '../../document/succession.js'
import type { Break } from '../../document/succession.js'
import type { Environment } from '../../environment.js'
import { placeOf } from '../../lifecycle/integrity.js'
import type { StoredCluster } from '../../lifecycle/open.js'
import { nameStore } from '../../store-spec.js'
import { readCommitted } from '../../store/open.js'
import type { CommittedDocument } from '../../store/open.js'
import type { CheckFinding } from './finding.js'

/** Clusters whose versions are in memory together. */
const AT_ONCE = 64

/** Compares each document with those that Git has of it, in any ref. */
export function checkHistory(
  stored: readonly StoredCluster[],
  environment: Environment,
): CheckFinding[] {
  const stores = new Map<string, StoredCluster[]>()
  for (const one of stored) {
    const store = nameStore(one.cluster.store)
    stores.set(store, [...(stores.get(store) ?? []), one])
  }
  return [...stores].flatMap(([folder, members]) => {
    const committed = readCommitted(members[0]!.cluster.store, environment)
    if (committed === undefined) return []
    const findings: CheckFinding[] = committed.isComplete ? [] : [notWhole(folder)]
    for (let start = 0; start < members.length; start += AT_ONCE) {
      const batch = members.slice(start, start + AT_ONCE)
      const versions = committed.of(batch.map(({ cluster }) => cluster.name))
      findings.push(...batch.flatMap((one, index) => compare(one, versions[index]!)))
    }
    return findings
  })
}

/** The worst of what contradicts the document, of equals that in the newest commit. */
function compare(
  { cluster, document }: StoredCluster,
  versions: readonly CommittedDocument[],
): CheckFinding[] {
  const found = versions.flatMap(({ document: earlier, commit, place }) => {
    const reason = findBreak(earlier, document)
    if (reason === undefined) return []
    // What is checked out has left it behind: somebody took it back by a commit, and may have meant it.
    const isMeant = place === 'before' && reason !== 'unbound'
    const severity = isMeant || reason === 'lost' ? ('warn' as const) : ('error' as const)
    return [{ reason, earlier, commit: commit.slice(0, 12), place, severity }]
  })
  const worst = found.find(({ severity }) => severity === 'error') ?? found[0]
  if (worst === undefined) return []
  const { reason, earlier, commit, place, severity } = worst
  const { message, hint } = WORDS[reason]
  return [
    {
      rule: RULES[reason],
      severity,
      cluster: cluster.name,
      message: message(describe(earlier), describe(document), `commit ${commit}${PLACES[place]}`),
      place: placeOf(cluster, 'generation'),
      hint: hint(`git show ${commit}`),
    },
  ]
}

function describe(document: ClusterDocument): string {
  const { phase } = document
  return `generation ${activeGeneration(document).number}${phase === 'idle' ? '' : `, ${phase}`}`
}

const PLACES: Readonly<Record<CommittedDocument['place'], string>> = {
  head: ' (checked out)',
  before: ' (before it)',
  elsewhere: ' (another branch)',
}

const RULES: Readonly<Record<Break, string>> = {
  older: 'rolled-back',
  other: 'other-history',
  lost: 'former-lost',
  unbound: 'unbound-again',
}

interface Words {
  readonly message: (earlier: string, now: string, commit: string) => string
  /** @param show the command that shows the commit */
  readonly hint: (show: string) => string
}

const WORDS: Readonly<Record<Break, Words>> = {
  older: {
    message: (earlier, now, commit) =>
      `it was rolled back: this is ${now}, and ${commit} has ${earlier}`,
    hint: (show) =>
      `see what happened (${show}), and bring the newest document back, or merge the branch that has it`,
  },
  other: {
    message: (earlier, _now, commit) => `${commit} has another token as ${earlier}`,
    hint: (show) =>
      `find out which one the cluster runs with (${show}): two tokens were made or imported apart`,
  },
  lost: {
    message: (earlier, _now, commit) =>
      `the token of ${earlier} is no longer kept, and ${commit} had it: snapshots of its time cannot be restored`,
    hint: (show) => `bring it back from there: ${show}`,
  },
  unbound: {
    message: (earlier, _now, commit) =>
      `its binding was taken away: in ${commit} ${earlier} is bound`,
    hint: (show) => `compare them (${show}), and restore that document`,
  },
}

function notWhole(folder: string): CheckFinding {
  return {
    rule: 'history-incomplete',
    severity: 'note',
    message:
      'this clone has a part of the history only, so a document that was rolled back may look like the newest',
    place: { file: folder },
    hint: 'fetch all of it: git fetch --unshallow',
  }
}
