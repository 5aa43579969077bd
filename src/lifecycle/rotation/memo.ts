// What one run of the play has done so far. It comes from the program itself and goes back to it unread, round by round; a run that
// begins knows nothing, and needs nothing.
import { listOf, maybeObject, objectOf, textOf } from '../drift/answer-fields.js'
import type { Fields } from '../drift/answer-fields.js'
import { UsageError } from '../../errors.js'
import type { StepName, Tried } from './situation.js'

export interface Memo {
  /** The rotation that this run began or went on with; empty before. */
  readonly rotation: string
  readonly tried: readonly Tried[]
  /** The step that the nodes were given last, which they have not told of yet. */
  readonly given?: { readonly step: StepName; readonly why: string }
}

export const NO_MEMO: Memo = { rotation: '', tried: [] }

/**
 * What `memo` and `last` of the play's answer tell: what was tried, the last step with what it came to.
 * @throws UsageError for what is no such text
 */
export function parseMemo(text: string): Memo {
  try {
    const whole = objectOf(JSON.parse(text))
    const memo = maybeObject(whole['memo'])
    const last = maybeObject(whole['last'])
    const tried = memo['tried'] === undefined ? [] : listOf(memo['tried']).map(parseTried)
    const given = maybeObject(memo['given'])
    const known = { rotation: textOf(memo['rotation'] ?? ''), tried }
    if (given['step'] === undefined) return known
    const step = {
      step: textOf(given['step']) as StepName,
      why: textOf(given['why']),
      outcomes: outcomesIn(maybeObject(last['results'])),
    }
    return { ...known, tried: [...tried, step] }
  } catch {
    throw new UsageError('K3SV_USAGE', 'what was handed over is no round of a rotation', {
      hint: 'run k3s-vars rotate CLUSTER, or the play k3s_vars.token.rotate',
    })
  }
}

function parseTried(one: Fields): Tried {
  return {
    step: textOf(one['step']) as StepName,
    why: textOf(one['why']),
    outcomes: Object.fromEntries(
      Object.entries(objectOf(one['outcomes'])).map(([node, word]) => [node, textOf(word)]),
    ),
  }
}

/** A word for each node; `failed` for one that says none. */
function outcomesIn(results: Fields): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(results).map(([node, result]) => {
      const outcome = maybeObject(result)['outcome']
      return [node, typeof outcome === 'string' ? outcome : 'failed']
    }),
  )
}
