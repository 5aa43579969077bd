const MILLISECONDS = 2

/** Waits a moment for a stream that somebody made non-blocking. */
export function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, MILLISECONDS)
}
