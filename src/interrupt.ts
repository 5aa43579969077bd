// What happens before a signal ends the program. Only the command line listens; elsewhere a signal does what it does to any process.
// A signal is heard between two steps of JavaScript, so who blocks must not be listened for: a person at a prompt, an editor.

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export type Signal = (typeof SIGNALS)[number]

const cleanups = new Set<() => void>()
let listener: ((signal: Signal) => void) | undefined

/**
 * Listens until the function that it answers is called. At a signal what was left to {@link onInterrupt} is done, `tell` is called,
 * and the signal ends the process.
 */
export function listen(tell: (signal: Signal) => void): () => void {
  const own = (signal: Signal): void => {
    stop()
    for (const cleanup of cleanups) attempt(cleanup)
    attempt(() => tell(signal))
    // Nobody listens any more: it does what it does to any process, and the shell sees that.
    process.kill(process.pid, signal)
  }
  const stop = (): void => {
    for (const signal of SIGNALS) process.off(signal, own)
    if (listener === own) listener = undefined
  }
  for (const signal of SIGNALS) process.on(signal, own)
  listener = own
  return stop
}

/** Leaves something to be done before a signal ends the process, until the function that it answers is called. */
export function onInterrupt(cleanup: () => void): () => void {
  cleanups.add(cleanup)
  return () => cleanups.delete(cleanup)
}

/** Does not listen for these until the function that it answers is called. */
export function pauseListening(which: readonly Signal[] = SIGNALS): () => void {
  const paused = listener
  if (paused === undefined) return () => undefined
  for (const signal of which) process.off(signal, paused)
  return () => {
    if (listener !== paused) return
    for (const signal of which) process.on(signal, paused)
  }
}

/** The process ends whatever becomes of it. */
function attempt(action: () => void): void {
  try {
    action()
  } catch {
    // There is nobody left to tell.
  }
}
