import { cpSync, symlinkSync, utimesSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { currentProcess, formatProcess } from '../../src/files/process-identity.js'
import { CLUSTER, ClusterProject } from './cluster-project.js'

/** Gives a project the document of one that was made once; the document is older than what is still flushed. */
export function withDocument(settings?: string): (project: ClusterProject) => void {
  let model: ClusterProject | undefined
  return (project) => {
    if (model === undefined) {
      model = new ClusterProject(settings)
      model.runLauncher(['--list'])
      process.once('exit', () => model!.remove())
    }
    for (const name of ['k3s_tokens', '.vault_old', '.vault_new']) {
      cpSync(model.path(name), project.path(name), { recursive: true })
    }
    const hourAgo = Date.now() / 1000 - 3600
    utimesSync(project.document, hourAgo, hourAgo)
  }
}

/** Puts a lock into a store's folder whose holder is gone. */
export function leaveDeadLock(folder: string): void {
  const { pid } = spawnSync('true')
  const mark = `0123456789abcdef ${formatProcess({ ...currentProcess(), pid })}`
  symlinkSync(mark, join(folder, `.${CLUSTER}.lock`))
}
