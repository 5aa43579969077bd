// What the steps of the play `adopt` came to: each is a call of this very program.
import { ClusterError } from '../../errors.js'

export interface Step {
  readonly step: 'compare' | 'server token' | 'agent token'
  readonly status: number
  readonly lines: readonly string[]
}

const NAMES = ['compare', 'server token', 'agent token'] as const

interface Steps {
  /** Of a step that was not taken: an empty text. */
  readonly statuses: readonly (number | '')[]
  readonly outputs: readonly string[]
  readonly errors: readonly string[]
}

/**
 * The steps that were taken, in their order; at least one.
 * @throws ClusterError `K3SV_CLUSTER_ANSIBLE`
 */
export function readSteps(text: string): readonly Step[] {
  try {
    const { statuses, outputs, errors } = JSON.parse(text) as Steps
    const steps = NAMES.flatMap((step, index) => {
      const status = statuses[index]
      if (typeof status !== 'number') return []
      const shown = step === 'compare' ? linesOf(outputs[index]!) : split(outputs[index]!)
      return [{ step, status, lines: [...shown, ...split(errors[index]!)] }]
    })
    if (steps.length > 0) return steps
  } catch {
    // Told below, without what it was.
  }
  throw new ClusterError('K3SV_CLUSTER_ANSIBLE', 'the play adopt.yml came to no step', {
    hint: 'run ansible-playbook k3s_vars.token.adopt to see why',
  })
}

/** The comparison is asked for as JSON, with what people read in it. */
function linesOf(output: string): readonly string[] {
  return output === '' ? [] : (JSON.parse(output) as { lines: string[] }).lines
}

function split(text: string): readonly string[] {
  return text === '' ? [] : text.trimEnd().split('\n')
}
