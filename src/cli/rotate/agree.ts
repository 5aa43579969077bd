import { UsageError } from '../../errors.js'
import type { Call } from '../command.js'
import { askOpenly, hasTerminal } from '../prompt.js'

/**
 * Whether a person says yes to what `lines` tell.
 * @throws UsageError `K3SV_USAGE_TERMINAL` where nobody can be asked
 */
export function agree({ io, report }: Call, lines: readonly string[], question: string): boolean {
  const hint = 'look at it with --plan; then give --yes'
  if (!hasTerminal(io)) {
    throw new UsageError('K3SV_USAGE_TERMINAL', 'nobody can be asked whether to rotate', { hint })
  }
  report.note(lines)
  const said = askOpenly(io, [`${question} [y/N] `], { what: 'whether to rotate', hint })
  return /^y(?:es)?$/i.test(said.trim())
}
