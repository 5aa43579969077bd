// What all scenarios share is made once, before the first of them.
import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { findAnsible, IS_MATRIX } from './ansible.js'
import { CLI_THREAD, INSTALLATIONS } from './prepared.js'
import { warm } from './warm-ansible.js'

/** Bundles the thread that runs the command line, looks once for the installations of Ansible, and warms them. */
export async function prepare(): Promise<void> {
  const made = `${CLI_THREAD}.${process.pid}`
  buildSync({
    entryPoints: [join(import.meta.dirname, 'cli-thread.ts')],
    outfile: made,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    logLevel: 'warning',
  })
  // Another run may be using the former one.
  renameSync(made, CLI_THREAD)
  process.env[INSTALLATIONS] = JSON.stringify(
    IS_MATRIX ? findAnsible() : await Promise.all(findAnsible().map(warm)),
  )
}
