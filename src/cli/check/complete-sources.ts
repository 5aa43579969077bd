// The inventory sources that a check asks Ansible with: those named, or those configured, and always ours.
import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { absoluteSources, isOurs } from '../../ansible-play/sources.js'
import type { Config } from '../../config/config.js'
import { isFile } from '../../files/look.js'
import type { Io } from '../io.js'

const LAUNCHER = 'k3s_vars'

/** The sources in their order, absolute; our launcher is added behind them where it is not among them. */
export function completeSources(
  sources: readonly string[],
  config: Config,
  { environment: { cwd }, launcher }: Io,
): readonly string[] {
  const paths = absoluteSources(sources, cwd)
  if (paths.some(isOurs)) return paths
  const folders = [join(dirname(config.file), 'plugins')]
  // npm links the program into its own folder, by two names.
  if (launcher !== undefined) folders.push(dirname(launcher), dirname(followed(launcher)))
  const own = folders.map((folder) => join(folder, LAUNCHER)).find(isFile)
  return own === undefined ? paths : [...paths, own]
}

function followed(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
