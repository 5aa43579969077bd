// Chooses the adapters: the configuration, the vault and the stores that a call works with.
import { resolve } from 'node:path'
import type { Environment } from '../environment.js'
import { ConfigError } from '../errors.js'
import { loadConfig } from '../config/load.js'
import type { Config } from '../config/config.js'
import { fileError, inBrackets } from '../files/file-error.js'
import { statIfThere } from '../files/look.js'
import type { Lifecycle } from '../lifecycle/lifecycle.js'
import { createLifecycle } from '../lifecycle/create.js'
import type { Call } from './command.js'
import { promptOf } from './prompt.js'

/**
 * The configuration that `--config` names, or else the one that is found as always.
 * @throws ConfigError
 */
export function openConfig({ input, io }: Call): Config {
  const { environment, launcher } = io
  const named = input.text('config')
  if (named !== undefined) requireFile(resolve(environment.cwd, named))
  return loadConfig({
    environment: named === undefined ? environment : naming(named, environment),
    ...(launcher === undefined ? {} : { launcher }),
  })
}

/** What was typed is not repeated. */
function requireFile(path: string): void {
  try {
    if (statIfThere(path)?.isDirectory() === false) return
  } catch (error) {
    const why = inBrackets(fileError(error, path).errno)
    throw new ConfigError(
      'K3SV_CONFIG_UNREADABLE',
      `the file of --config cannot be looked at${why}`,
      { hint: 'look at the rights of its folders, and where links lead' },
    )
  }
  throw new ConfigError('K3SV_CONFIG_NOT_FOUND', 'there is no file where --config points to', {
    hint: 'name a k3s_vars.yml',
  })
}

function naming(config: string, environment: Environment): Environment {
  return { ...environment, variables: { ...environment.variables, K3S_VARS_CONFIG: config } }
}

/** The vault and the stores of this machine; nothing is read before the first use. */
export function openLifecycle({ io }: Call, config: Config): Lifecycle {
  const { environment, patience, now, randomBytes } = io
  const prompt = promptOf(io)
  return { ...createLifecycle({ environment, config, prompt, patience }), now, randomBytes }
}
