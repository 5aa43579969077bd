// How a person calls this very program in the project, and how it gets there.
import { realpathSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { shellWord } from '../../shell-word.js'
import { isFile } from '../../files/look.js'

const IN_PROJECT = join(sep, 'node_modules', '.bin', sep)

/**
 * As it was called: `npx k3s-vars` where it is installed in a project, a path where one was typed, else its name.
 * @param launcher the program as it was called
 */
export function ownCommand(launcher: string | undefined): string {
  if (launcher?.includes(IN_PROJECT) === true) return NPX
  const isTyped = launcher !== undefined && !launcher.startsWith(sep) && launcher.includes(sep)
  return isTyped ? shellWord(launcher) : 'k3s-vars'
}

/** Where a package is installed in a project. */
export const NPX = 'npx k3s-vars'

/** Installs the package of this program in a project, from where it lies: a checkout, or wherever it is installed. */
export function installCommand(launcher: string | undefined): string {
  const root = launcher === undefined ? undefined : rootOf(launcher)
  if (root === undefined) return 'npm install --save-dev k3s-vars'
  const pack = join(root, 'src', 'build', 'pack.sh')
  const packed = isFile(pack) ? shellWord(pack) : `npm pack --silent ${shellWord(root)}`
  return `npm install --save-dev "$(${packed})"`
}

function rootOf(launcher: string): string | undefined {
  try {
    return dirname(dirname(realpathSync(launcher)))
  } catch {
    return undefined
  }
}
