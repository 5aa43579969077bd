/** Keeps the number of key derivations at once bounded: enough for every core, and no more in memory than that. */
export class Limiter {
  readonly #most: number
  readonly #waiting: (() => void)[] = []
  #running = 0

  constructor(most: number) {
    this.#most = most
  }

  /** Does `work` as soon as fewer than the most are under way. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    while (this.#running >= this.#most) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
    this.#running++
    try {
      return await work()
    } finally {
      this.#running--
      this.#waiting.shift()?.()
    }
  }
}
