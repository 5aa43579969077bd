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
    if (listener === own) setListener(undefined)
  }
  setListener(own)
  return stop
}

/** Leaves something to be done before a signal ends the process, until the function that it answers is called. */
export function onInterrupt(cleanup: () => void): () => void {
  cleanups.add(cleanup)
  return () => cleanups.delete(cleanup)
}

/** Does not listen until the function that it answers is called. */
export function pauseListening(): () => void {
  const paused = listener
  setListener(undefined)
  return () => setListener(paused)
}

function setListener(next: typeof listener): void {
  for (const signal of SIGNALS) {
    if (listener !== undefined) process.off(signal, listener)
    if (next !== undefined) process.on(signal, next)
  }
  listener = next
}

/** The process ends whatever becomes of it. */
function attempt(action: () => void): void {
  try {
    action()
  } catch {
    // There is nobody left to tell.
  }
}
