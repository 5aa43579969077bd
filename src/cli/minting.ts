// What a person is shown and asked before a token is made.
import type { ClusterConfig } from '../config/config.js'
import { UsageError } from '../errors.js'
import { decide, stopped } from '../lifecycle/minting-decision.js'
import { MINTING_RULES, ruleOf } from '../lifecycle/minting-rules.js'
import type { MintedOrigin } from '../lifecycle/minting-decision.js'
import type { Answer, Verdict } from '../lifecycle/minting-rules.js'
import { formatTable } from './answer.js'
import type { Call } from './command.js'
import { askOpenly } from './prompt.js'

/**
 * Whether a token may be made: what was found decides, and a person, where the call does not say `--yes` already.
 * @returns undefined for a no
 * @throws StoreError or ClusterError of the answer that stops; UsageError `K3SV_USAGE_TERMINAL` where nobody can be asked
 */
export function agreeToMint(
  { input, io, report }: Call,
  cluster: ClusterConfig,
  answers: readonly Answer[],
): MintedOrigin | undefined {
  const isAsked = !input.has('yes')
  const canAsk = isAsked && io.stdin.isTTY === true && io.stderr.isTTY === true
  // A person who sees the doubts and says yes vouches for what they leave open.
  const decision = decide(answers, { assumeNew: input.has('assume-new') || canAsk })
  if (decision.kind === 'stop') throw stopped(cluster, decision.because, 'on-demand')
  if (!isAsked) return decision.origin
  if (!canAsk) {
    throw new UsageError('K3SV_USAGE_TERMINAL', 'nobody can be asked whether to make a token', {
      hint: 'nothing speaks against it: give --yes',
    })
  }
  report.note([`before a token is made for ${cluster.name}:`, ...describeAnswers(answers)])
  const question =
    decision.origin === 'minted'
      ? `Make the token of ${cluster.name}?`
      : `Is ${cluster.name} a new cluster, and shall its token be made?`
  const said = askOpenly(io, [`${question} [y/N] `], {
    what: 'whether to make a token',
    hint: 'give --yes, if you are sure',
  })
  return /^y(?:es)?$/i.test(said.trim()) ? decision.origin : undefined
}

const MARKS: Readonly<Record<Verdict, string>> = { yes: 'ok', doubt: '?', no: 'stop' }

/** One line for each that was asked. */
export function describeAnswers(answers: readonly Answer[]): string[] {
  const rows = answers.map((answer) => {
    const { verdict, says, stop } = ruleOf(answer)
    return [
      `  ${MARKS[verdict]}`,
      MINTING_RULES[answer.question].asked,
      stop?.why(answer.detail ?? '') ?? says,
    ]
  })
  return formatTable(rows)
}
