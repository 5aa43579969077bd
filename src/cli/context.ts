// Chooses the adapters: the configuration, the vault and the stores that a call works with.
import { resolve } from 'node:path'
import type { Environment } from '../environment.js'
import { ConfigError } from '../errors.js'
import { loadConfig } from '../config/load.js'
import type { Config } from '../config/config.js'
import type { Lifecycle } from '../lifecycle/lifecycle.js'
import { createLifecycle } from '../lifecycle/create.js'
import { isFile } from './files.js'
import type { Call } from './command.js'
import { promptOf } from './prompt.js'

/**
 * The configuration that `--config` names, or else the one that is found as always.
 * @throws ConfigError
 */
export function openConfig({ input, io }: Call): Config {
  const { environment, launcher } = io
  const named = input.text('config')
  if (named !== undefined && !isFile(resolve(environment.cwd, named))) {
    throw new ConfigError('K3SV_CONFIG_NOT_FOUND', 'there is no file where --config points to', {
      hint: 'name a k3s_vars.yml',
    })
  }
  return loadConfig({
    environment: named === undefined ? environment : naming(named, environment),
    ...(launcher === undefined ? {} : { launcher }),
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
