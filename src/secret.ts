// House rules: the text of a secret lives in a private field, so no printer, serializer, debugger dump or error that is
// handed the object can show it. `reveal()` is called only where a value leaves: inventory, sealing, store, comparison.

/** What every way of printing a {@link Secret} shows. */
export const REDACTED = '[redacted]'

/**
 * A value that must not be shown. `Secret<string>` holds a token, `Secret<Buffer>` a vault password, whose bytes need
 * not be UTF-8.
 */
export class Secret<T extends string | Buffer = string> {
  readonly #value: T

  constructor(value: T) {
    this.#value = value
  }

  /** The value itself. */
  reveal(): T {
    return this.#value
  }

  /** Whether both hold the same bytes, compared in constant time for values of one length. */
  equals(other: Secret<string | Buffer>): boolean {
    // Loaded here because only comparing needs it, and loading it costs a tenth of Node's own start.
    const { timingSafeEqual } = process.getBuiltinModule('node:crypto')
    const mine = Buffer.from(this.#value as string)
    const theirs = Buffer.from(other.reveal() as string)
    return mine.length === theirs.length && timingSafeEqual(mine, theirs)
  }

  toString(): string {
    return REDACTED
  }

  toJSON(): string {
    return REDACTED
  }

  /** Node's `util.inspect` asks for this symbol; it is registered globally, so nothing has to be imported for it. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return REDACTED
  }
}
