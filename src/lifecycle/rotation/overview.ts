// Who has which token, for people: what stands in the files and what the processes use are two things, everywhere.
import { isBehind } from './rotated.js'
import { isAll } from './node-state.js'
import { isNew, isOld } from './situation.js'
import type { NodeState, View, Which } from './situation.js'
import { winners } from './steps.js'

/** `same`: the rotation leaves this node's token alone. */
export type Has = 'old' | 'new' | 'same' | 'other' | 'none' | '?'

export interface NodeRow {
  readonly node: string
  readonly kind: string
  readonly file: Has
  readonly process: Has
  readonly state: 'wrong' | 'waiting' | 'to-do' | 'ok'
  /** Why it is not well. */
  readonly reason: string
}

export interface Overview {
  readonly rows: readonly NodeRow[]
  /** How many have the new token already, of those that get it. */
  readonly files: Count
  readonly processes: Count
}

export interface Count {
  readonly done: number
  readonly of: number
}

export function overviewOf(view: View): Overview {
  const rows = view.nodes.map((node) => rowOf(view, node))
  return {
    rows: [...rows].sort((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state)),
    files: countOf(rows.map(({ file }) => file)),
    processes: countOf(rows.map(({ process }) => process)),
  }
}

/** Trouble first, then what runs, then what is done. */
const ORDER: readonly NodeRow['state'][] = ['wrong', 'waiting', 'to-do', 'ok']

function countOf(all: readonly Has[]): Count {
  const changing = all.filter((has) => has !== 'same')
  return { done: changing.filter((has) => has === 'new').length, of: changing.length }
}

function rowOf(view: View, node: NodeState): NodeRow {
  const { name, kind, answer } = node
  if (answer !== 'looked-at') {
    const reason = answer === 'unreachable' ? 'unreachable' : 'could not be looked at'
    return { node: name, kind: '?', file: '?', process: '?', state: 'wrong', reason }
  }
  const file = together(winners(node).map(({ which }) => which))
  const process = processOf(view, node)
  return { node: name, kind, file, process, ...stateOf(view, node, { file, process }) }
}

function processOf(view: View, node: NodeState): Has {
  if (node.process === undefined) return 'none'
  if (node.kind === 'agent') {
    const file = together(winners(node).map(({ which }) => which))
    return file === 'new' && isBehind(view, node) ? 'old' : file
  }
  if (isAll(node.memory, (which) => which === 'both')) return 'same'
  if (isAll(node.memory, isNew)) return 'new'
  if (isAll(node.memory, isOld)) return 'old'
  // Its places have the new token already, and it has none of theirs: it was not restarted yet.
  if (view.phase === 'rotated' && node.memory.server === 'other') return 'old'
  return node.memory.server === 'unknown' ? '?' : 'other'
}

function together(all: readonly Which[]): Has {
  if (all.length === 0 || all.includes('none')) return 'none'
  if (all.includes('unknown')) return '?'
  if (all.includes('other')) return 'other'
  if (all.every((which) => which === 'both')) return 'same'
  return all.every(isNew) ? 'new' : 'old'
}

function stateOf(
  view: View,
  node: NodeState,
  { file, process }: Pick<NodeRow, 'file' | 'process'>,
): Pick<NodeRow, 'state' | 'reason'> {
  const fault = view.faults.find((one) => one.node === node.name)
  if (fault !== undefined) return { state: 'wrong', reason: fault.message }
  if (node.process === undefined) return { state: 'wrong', reason: 'does not run' }
  if (file === 'other' || file === 'none')
    return {
      state: 'wrong',
      reason: `its file has ${file === 'none' ? 'no token' : 'another token'}`,
    }
  if (node.kind === 'server' && !node.isReady) return { state: 'waiting', reason: 'is not ready' }
  const isUnderWay = view.phase === 'rotating' || view.phase === 'rotated'
  const isDone = [file, process].every((has) => has === 'new' || has === 'same')
  return !isUnderWay || isDone ? { state: 'ok', reason: '' } : { state: 'to-do', reason: '' }
}
