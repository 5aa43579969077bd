import type { Environment } from '../../src/environment.js'

/** The environment of a process in this folder that has these variables alone, and the home that they name. */
export function environmentIn(cwd: string, variables: Environment['variables'] = {}): Environment {
  return { variables, cwd, home: variables['HOME'] }
}
