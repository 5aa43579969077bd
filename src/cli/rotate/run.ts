// Has the play rotate the token of one cluster: what it is going to do is shown and asked for first, what it does is told meanwhile, and
// where it stops it says what is next.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClusterConfig, Config } from '../../config/config.js'
import { ClusterError, K3sVarsError } from '../../errors.js'
import { pauseListening } from '../../interrupt.js'
import { requireDocument } from '../../lifecycle/emit.js'
import { answer } from '../answer.js'
import type { Call } from '../command.js'
import { openLifecycle } from '../context.js'
import { askNodes } from '../drift/ask-nodes.js'
import { agree } from './agree.js'
import { PROGRESS_VARIABLE, readProgress } from './progress.js'
import type { Told } from './round.js'

const TICK_MILLISECONDS = 500

/** How the play ended, with what it said last. */
export interface Ended {
  readonly status: number
  readonly told?: Told
  readonly lines: readonly string[]
}

export interface Target {
  readonly config: Config
  readonly cluster: ClusterConfig
}

/**
 * Rotates, after a person or `--yes` has agreed to what is going to be done.
 * @throws as `answerOfPlay`; UsageError `K3SV_USAGE_TERMINAL` where nobody can be asked
 */
export async function runRotation(call: Call, target: Target): Promise<number> {
  const { input } = call
  // Told before anybody is asked.
  await requireDocument(openLifecycle(call, target.config), target.cluster)
  if (input.has('abort')) return tell(call, await play(call, target, ['--abort']))
  const planned = await play(call, target, ['--plan'])
  if (planned.status !== 0 || input.has('plan')) return tell(call, planned)
  if (!input.has('yes') && !agree(call, planned.lines, `Rotate ${target.cluster.name} now?`)) {
    answer(call, { cluster: target.cluster.name, decision: 'nothing' }, ['nothing was changed'])
    return 0
  }
  return tell(call, await play(call, target, []))
}

function tell(call: Call, { status, told, lines }: Ended): number {
  answer(call, told ?? { status, lines }, lines)
  return status
}

/** The options that a round needs, too. */
const FLAGS = ['agent', 'both', 'again'] as const

function optionsOf({ input }: Call): readonly string[] {
  const form = input.text('to-form')
  return [
    ...FLAGS.filter((name) => input.has(name)).map((name) => `--${name}`),
    ...(form === undefined ? [] : ['--to-form', form]),
    ...(input.has('snapshot') ? [] : ['--no-snapshot']),
  ]
}

/** @throws ClusterError `K3SV_CLUSTER_ANSIBLE`, which says how to go on */
export async function play(call: Call, target: Target, more: readonly string[]): Promise<Ended> {
  const { config, cluster } = target
  const folder = mkdtempSync(join(tmpdir(), 'k3s-vars-rotate-'))
  const file = join(folder, 'round.json')
  const running = call.report.running()
  const timer = setInterval(() => {
    const note = readProgress(file)
    if (note !== undefined && note.line !== '')
      running.show(`${note.line}  [files ${note.files}, processes ${note.processes}]`)
  }, TICK_MILLISECONDS)
  // Whoever presses Ctrl-C ends the play, which ends its step; then it is told how to go on.
  const listenAgain = pauseListening(['SIGINT'])
  const interrupt = (): void => undefined
  process.on('SIGINT', interrupt)
  try {
    const text = await askNodes(call, {
      config,
      cluster,
      play: 'rotate.yml',
      variables: { k3s_vars_rotate_options: [...optionsOf(call), ...more] },
      environment: { [PROGRESS_VARIABLE]: file, ANSIBLE_PIPELINING: 'true' },
    })
    return read(text, cluster)
  } catch (error) {
    throw await withWayOn(call, target, error)
  } finally {
    process.off('SIGINT', interrupt)
    listenAgain()
    clearInterval(timer)
    running.end()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A play that was ended from outside says nothing; where a rotation is under way then, what counts is how to go on. */
async function withWayOn(
  call: Call,
  { config, cluster }: Target,
  error: unknown,
): Promise<unknown> {
  if (!(error instanceof ClusterError)) return error
  const { name } = cluster
  let phase
  try {
    phase = (await requireDocument(openLifecycle(call, config), cluster)).phase
  } catch (unread) {
    if (!(unread instanceof K3sVarsError)) throw unread
    // What the play said is the cause; that nobody can tell the phase now comes after it.
    return new ClusterError(
      error.code,
      `${error.message}; and the document of ${name} cannot be read: ${unread.message}`,
      {
        location: unread.location,
        hint: `${unread.hint}; then the same command goes on: k3s-vars rotate ${name} -i INVENTORY`,
      },
    )
  }
  if (phase === 'idle') return error
  return new ClusterError(
    error.code,
    `the rotation of ${name} is not ended, phase ${phase}: ${error.message}`,
    {
      location: cluster.location,
      hint: `go on with the same command: k3s-vars rotate ${name} -i INVENTORY; k3s-vars rotate ${name} --status -i INVENTORY tells which node has which token`,
    },
  )
}

interface Answered {
  readonly statuses: readonly (number | '')[]
  readonly outputs: readonly string[]
  readonly errors: readonly string[]
}

function read(text: string, { name }: ClusterConfig): Ended {
  try {
    const { statuses, outputs, errors } = JSON.parse(text) as Answered
    const [status, output = '', error = ''] = [statuses.at(-1), outputs.at(-1), errors.at(-1)]
    if (typeof status === 'number') {
      if (output === '') return { status, lines: errorLines(error) }
      const told = JSON.parse(output) as Told
      // The play was ended between two steps.
      if (told.decision === 'step') {
        const lines = [`${name}: not ended: phase ${told.phase}`, `next: ${String(told['next'])}`]
        return { status: 7, told, lines }
      }
      return { status, told, lines: told.lines }
    }
  } catch {
    // Told below, without what it was.
  }
  throw new ClusterError('K3SV_CLUSTER_ANSIBLE', 'the play rotate.yml came to no decision', {
    hint: `whatever it has done, run the same command again: it goes on from there; k3s-vars rotate ${name} --status tells where it is`,
  })
}

/** An error of the program that decides: it was asked for as JSON. */
function errorLines(text: string): readonly string[] {
  try {
    const { error } = JSON.parse(text) as { error: Record<string, string> }
    return [`${error['message']} (${error['code']})`, `hint: ${error['hint']}`]
  } catch {
    return text.trimEnd().split('\n')
  }
}
