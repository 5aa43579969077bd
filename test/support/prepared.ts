// What `global-setup.ts` has prepared for the scenarios.
import { join } from 'node:path'

/** The bundled `cli-thread.ts`. */
export const CLI_THREAD = join(import.meta.dirname, '../../.cache/test/cli-thread.cjs')

/** The variable with the installations of ansible-core that were found, as JSON. */
export const INSTALLATIONS = 'K3S_VARS_TEST_INSTALLATIONS'
