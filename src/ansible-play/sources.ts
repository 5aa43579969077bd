import { realpathSync } from 'node:fs'
import { basename, resolve } from 'node:path'

const LAUNCHER = 'k3s_vars'

/** Whether a source is our launcher, under its own name or through a link. */
export function isOurs(source: string): boolean {
  return basename(source) === LAUNCHER || basename(followed(source)) === LAUNCHER
}

/** Absolute paths of sources, in their order; `host1,host2` is a list of hosts and no path. */
export function absoluteSources(sources: readonly string[], cwd: string): readonly string[] {
  return sources.map((source) => (source.includes(',') ? source : resolve(cwd, source)))
}

function followed(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
