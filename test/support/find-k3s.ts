import { spawnSync } from 'node:child_process'

/** The program that `K3S_BINARY` names, or `k3s` on PATH; undefined where neither is there. */
export function findK3s(): string | undefined {
  const named = process.env['K3S_BINARY']
  if (named !== undefined && named !== '') return named
  const { status, stdout } = spawnSync('sh', ['-c', 'command -v k3s'], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}
