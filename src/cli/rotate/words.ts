// A rotation in words: each step, each mark, and what comes next.
import type { RotationKind } from '../../document/document.js'
import type { PlannedStep } from '../../lifecycle/rotation/plan.js'
import type { NodeStep } from '../../lifecycle/rotation/situation.js'

/** What is done, for a plan and for progress; by the name of the step, and `name why` where that tells more. */
const STEP_WORDS: Readonly<Record<string, string>> = {
  stage: 'draw the new token and keep it, sealed, beside the current one',
  'side-files': 'lay the new token beside, mode 0600, where K3s does not read it',
  'snapshot before': 'take a snapshot that the former token restores',
  'snapshot after': 'take a snapshot that the new token restores',
  rotating: 'note that the datastore is about to be keyed anew: from here only forward',
  'rotate rotate': 'key the datastore anew, by one request over its own loopback',
  'rotate again': 'send the same rotation again, so that the former key goes',
  'rotate repair': 'rotate to the token that the datastore has, so that its disk agrees',
  'rotate save': 'rotate the server token to itself, so that the agent token outlasts restarts',
  rotated: 'note that the datastore has the new key',
  'switch new': 'put the new token into the place where the role keeps it, on all at once',
  'switch old': 'put the former token back for one start',
  'restart restart': 'restart, one after another, each behind the gate of the one before',
  'restart prove': 'restart once more, which proves that the next one holds',
  'restart start': 'start',
  'restart start-old': 'start with the former token, which the datastore has',
  'restart start-new': 'start with the new token, which the datastore has',
  'restart catch-up':
    'start once with the former token, so that its copy of the datastore catches up',
  'restart through': 'start once through a server that has the new token',
  'restart forget': 'restart without the passwords on its disk, which are made again',
  'restart-agents restart': 'restart, some at a time',
  'cleanup clean': 'take away what was laid beside',
  commit: 'make the new token the current one, and keep the former for old snapshots',
}

export function wordsOf({ step, why }: Pick<PlannedStep, 'step' | 'why'>): string {
  if (step === 'wait') return `wait for ${why}`
  return STEP_WORDS[`${step} ${why}`] ?? STEP_WORDS[step] ?? step
}

export function wordsOfStep({ name, why }: NodeStep): string {
  return wordsOf({ step: name, why })
}

export const KIND_WORDS: Readonly<Record<RotationKind, string>> = {
  server: 'the server token',
  agent: 'the agent token',
  both: 'the server token and the agent token',
}
