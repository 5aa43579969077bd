// Kills a controller at every task of a rotation: as the task begins, which is after the one before, and within it. After each kill the
// same command is given again, and again is killed, at the next point; what matters is that it ends well at last, without a hand.
import type { Controller } from './rotation.js'

export interface Kill {
  readonly task: string
  readonly phase: string
  readonly when: 'begins' | 'within'
  /** Milliseconds after its beginning. */
  readonly after: number
}

export interface Sweep {
  readonly kills: readonly Kill[]
  /** Rotations that were ended meanwhile. */
  readonly rotations: number
  readonly seconds: number
}

/** Tasks in which the controller does nothing but think: one kill each is enough, in whatever phase. */
const THOUGHTS =
  /^(?:Refuse|Begin|Do |Draw|Look at the nodes|Say|Go on|Forget|Keep|Restart one|Stop it|Have it|Leave its|Hand the)/
/** The program reads, opens, decides, seals and writes within one task: killed in each part of it. */
const DECISION = 'Decide what comes next'
const PARTS = { [DECISION]: [0.25, 0.45, 0.65, 0.8, 0.92] } as Readonly<
  Record<string, readonly number[]>
>
const REQUEST = /^Have one server encrypt/
const MOST_RUNS = 400
/** How long a task takes of which that is not known yet, in milliseconds. */
const USUAL = 1000

/**
 * Rotates again and again, until a rotation has come to no point at which it was not killed before.
 * @param look at what a kill has left
 * @param minutes after which no further point is tried
 * @throws Error with the output of a run that ended otherwise than by a kill or well
 */
export async function killEverywhere(
  controller: Controller,
  look: (kill: Kill) => void,
  minutes: number,
): Promise<Sweep> {
  const kills: Kill[] = []
  const used = new Set<string>()
  const usual = new Map<string, number>()
  const start = Date.now()
  let rotations = 0
  let before = -1
  while (before < kills.length) {
    before = kills.length
    await rotateOnce()
    rotations++
  }
  return { kills, rotations, seconds: Math.round((Date.now() - start) / 1000) }

  /** The same command, until it ends by itself. */
  async function rotateOnce(): Promise<void> {
    for (let hasBegun = false, runs = 0; runs < MOST_RUNS; runs++) {
      hasBegun ||= controller.phase !== 'idle'
      const known = kills.length
      const run = await controller.play(hasBegun ? [] : ['--again'], { onTask })
      for (const [task, duration] of run.tasks)
        usual.set(task, Math.max(usual.get(task) ?? 0, duration))
      const kill = kills[known]
      if (kill !== undefined) look(kill)
      // It may have ended before it was killed, and then well.
      if (run.status === 0) return
      if (kill === undefined || ![null, 137].includes(run.status))
        throw new Error(
          `status ${run.status} after ${JSON.stringify(kills.at(-1))}:\n${run.output}`,
        )
    }
  }

  function onTask(task: string): number | undefined {
    if (Date.now() - start > minutes * 60_000) return undefined
    const point = nextPoint(task, controller.phase, used, usual)
    if (point !== undefined) kills.push(point)
    return point?.after
  }
}

function nextPoint(
  task: string,
  phase: string,
  used: Set<string>,
  usual: ReadonlyMap<string, number>,
): Kill | undefined {
  const isThought = THOUGHTS.test(task)
  const duration = usual.get(task) ?? USUAL
  const parts = isThought
    ? []
    : (PARTS[task] ?? (REQUEST.test(task) ? [0.3, 0.5, 0.7, 0.85] : [0.5]))
  for (const part of [0, ...parts]) {
    const name = isThought ? task : `${task} ${phase} ${part}`
    if (used.has(name)) continue
    used.add(name)
    const after = Math.round(duration * part)
    return { task, phase, when: part === 0 ? 'begins' : 'within', after }
  }
  return undefined
}
