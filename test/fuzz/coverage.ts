// What V8 counts of the code that ran, block by block: an input that reaches something new is worth keeping. It takes the
// place of a fuzzer's own instrumentation, whose native addon wants a newer C library than the oldest system supported.
import { Session } from 'node:inspector'
import type { Profiler } from 'node:inspector'

/** Watches the blocks of one script. */
export class Coverage {
  readonly #session = new Session()
  readonly #seen = new Set<string>()
  readonly #script: string

  /** @param script the end of the script's URL */
  constructor(script: string) {
    this.#script = script
    this.#session.connect()
    this.#post('Profiler.enable')
    this.#post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  }

  /** Whether a block ran since the last call that never ran before, or a power of two more often than ever. */
  isNew(): boolean {
    const before = this.#seen.size
    for (const { url, functions } of this.#take()) {
      if (!url.endsWith(this.#script)) continue
      for (const { ranges } of functions) {
        for (const { startOffset, endOffset, count } of ranges) {
          if (count > 0) this.#seen.add(`${startOffset}-${endOffset}:${32 - Math.clz32(count)}`)
        }
      }
    }
    return this.#seen.size > before
  }

  get blocks(): number {
    return this.#seen.size
  }

  #take(): readonly Profiler.ScriptCoverage[] {
    let result: readonly Profiler.ScriptCoverage[] = []
    this.#session.post('Profiler.takePreciseCoverage', (error, answer) => {
      if (error) throw error
      result = answer.result
    })
    return result
  }

  #post(method: string, parameters?: object): void {
    this.#session.post(method, parameters, (error) => {
      if (error) throw error
    })
  }
}
