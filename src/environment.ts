// What a process gets from whoever started it: its variables, its current folder, its home. It is read once, in the two
// entry points, and handed on from there, so that nothing reads it behind its caller's back.

export interface Environment {
  readonly variables: Readonly<Record<string, string | undefined>>
  /** The absolute current folder. */
  readonly cwd: string
  /** What `~` stands for; undefined: that cannot be told, and `~` is left as it is. */
  readonly home: string | undefined
}

/** The variables that K3s and RKE2 read their tokens from, by the token's kind. */
export const TOKEN_VARIABLES = {
  server: ['K3S_TOKEN', 'RKE2_TOKEN'],
  agent: ['K3S_AGENT_TOKEN', 'RKE2_AGENT_TOKEN'],
} as const

/** The variable in which the programs are told a file with the token of another variable. */
export function fileVariableOf<Name extends string>(name: Name): `${Name}_FILE` {
  return `${name}_FILE`
}

/**
 * Every variable that holds or leads to a token. They are ours to read and nobody else's, least of all a script's that may
 * log them.
 */
export const ALL_TOKEN_VARIABLES: readonly string[] = Object.values(TOKEN_VARIABLES)
  .flat()
  .flatMap((name) => [name, fileVariableOf(name)])

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

/** The variables for a program that we start: all of ours but the tokens. */
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
