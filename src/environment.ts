// What a process gets from whoever started it: its variables, its current folder, its home. It is read once, in the two
// entry points, and handed on from there, so that nothing reads it behind its caller's back.
import { ALL_TOKEN_VARIABLES } from './token-environment.js'

export interface Environment {
  readonly variables: Readonly<Record<string, string | undefined>>
  /** The absolute current folder. */
  readonly cwd: string
  /** What `~` stands for; undefined: that cannot be told, and `~` is left as it is. */
  readonly home: string | undefined
}

/** The environment of this very process; null where its current folder was removed. */
export function processEnvironment(): Environment | null {
  const cwd = currentFolder()
  if (cwd === null) return null
  return { variables: process.env, cwd, home: process.env['HOME'] ?? homeOfUser() }
}

function currentFolder(): string | null {
  try {
    return process.cwd()
  } catch {
    return null
  }
}

/**
 * The variables for a program that we start: all of ours but those of tokens, which are ours to read and nobody else's, least of
 * all a script's that may log them.
 */
export function childVariables({ variables }: Environment): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(variables).filter(([name]) => !ALL_TOKEN_VARIABLES.includes(name)),
  )
}

/** Undefined for a user that the system does not know, as in many containers. */
function homeOfUser(): string | undefined {
  try {
    return process.getBuiltinModule('node:os').homedir()
  } catch {
    return undefined
  }
}
