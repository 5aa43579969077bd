// Many processes that write at once, on a real store: of those that create one document, or replace one version, exactly one wins,
// and all others get the winner's. And the control: clients that do not compare break that, so the race is one.
import { spawn } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { buildSync } from 'esbuild'
import type { RaceAnswer, RaceEntry, RaceTask } from './race-worker.js'

/** How many take part, and how often; more of both by hand: `K3S_VARS_RACE_ROUNDS=100`. */
const PROCESSES = 50
const ROUNDS = Number(process.env['K3S_VARS_RACE_ROUNDS'] ?? 2)
const CONTROL = 8

export interface RacePlace extends Pick<RaceEntry, 'spec' | 'variables'> {
  /** Called in each round, once all are on their way. */
  readonly disturb?: () => void
  close(): void | Promise<void>
}

interface Tally {
  /** Rounds in which more than one tried to write. */
  contended: number
  /** Rounds after which not all had the same. */
  violated: number
  errors: string[]
}

export function describeRaces(name: string, open: () => Promise<RacePlace>): void {
  describe(`races on ${name}`, () => {
    let folder: string
    let bundle: string
    let place: RacePlace
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'k3s_vars-race-'))
      bundle = join(folder, 'worker.cjs')
      buildSync({
        entryPoints: [join(import.meta.dirname, 'race-worker.ts')],
        outfile: bundle,
        bundle: true,
        platform: 'node',
        target: 'node20.19',
        minify: true,
        define: { 'import.meta.dirname': '__dirname' },
        logLevel: 'error',
      })
      place = await open()
    })
    afterAll(async () => {
      await place.close()
      rmSync(folder, { recursive: true })
    })

    async function race(
      processes: number,
      isNaive: boolean,
    ): Promise<Record<'create' | 'replace', Tally>> {
      const team = await Team.start(bundle, { ...place, isNaive }, processes)
      const create: Tally = { contended: 0, violated: 0, errors: [] }
      const replace: Tally = { contended: 0, violated: 0, errors: [] }
      for (let round = 0; round < ROUNDS; round++) {
        const cluster = `${isNaive ? 'control' : 'race'}-${round}`
        count(create, await team.all({ act: 'create', cluster }, place.disturb))
        await team.all({ act: 'look', cluster })
        count(replace, await team.all({ act: 'replace', cluster }, place.disturb))
      }
      await team.end()
      return { create, replace }
    }

    test(`${PROCESSES} processes, ${ROUNDS} rounds: one winner each`, async () => {
      const { create, replace } = await race(PROCESSES, false)
      expect(create).toEqual({ contended: expect.any(Number), violated: 0, errors: [] })
      expect(replace).toEqual({ contended: ROUNDS, violated: 0, errors: [] })
      expect(create.contended).toBeGreaterThan(0)
    }, 600_000)

    test('the control, which does not compare, has several', async () => {
      const { create, replace } = await race(CONTROL, true)
      expect(create.violated + replace.violated).toBeGreaterThan(ROUNDS / 2)
    }, 600_000)
  })
}

function count(tally: Tally, answers: readonly RaceAnswer[]): void {
  const errors = answers.flatMap(({ error }) => error ?? [])
  tally.errors.push(...errors)
  const winners = answers.filter(({ won }) => won).length
  const different = new Set(answers.flatMap(({ writeId }) => writeId ?? [])).size
  if (answers.filter(({ isContending }) => isContending).length > 1) tally.contended++
  if (winners !== 1 || different !== 1) tally.violated++
}

class Team {
  readonly #members: readonly {
    child: ChildProcessWithoutNullStreams
    next: () => Promise<RaceAnswer>
  }[]

  private constructor(bundle: string, entry: Omit<RaceEntry, 'number'>, size: number) {
    this.#members = Array.from({ length: size }, (_, number) => {
      const child = spawn(process.execPath, [bundle, JSON.stringify({ ...entry, number })])
      child.stderr.resume()
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
      const next = async (): Promise<RaceAnswer> => {
        const { value, done } = await lines.next()
        return done ? { error: 'the process ended' } : (JSON.parse(value) as RaceAnswer)
      }
      return { child, next }
    })
  }

  /** All started, so that they are told to go at one moment. */
  static async start(
    bundle: string,
    entry: Omit<RaceEntry, 'number'>,
    size: number,
  ): Promise<Team> {
    const team = new Team(bundle, entry, size)
    await Promise.all(team.#members.map(({ next }) => next()))
    return team
  }

  all(task: RaceTask, meanwhile?: () => void): Promise<readonly RaceAnswer[]> {
    for (const { child } of this.#members) child.stdin.write(`${JSON.stringify(task)}\n`)
    meanwhile?.()
    return Promise.all(this.#members.map(({ next }) => next()))
  }

  /** Gone when this is done. */
  async end(): Promise<void> {
    const exits = this.#members.map(({ child }) => {
      child.stdin.end()
      child.kill()
      return new Promise((resolve) => child.once('close', resolve))
    })
    await Promise.all(exits)
  }
}
