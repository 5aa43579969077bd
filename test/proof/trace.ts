// The system calls of a process on files, and its death at one of them, through strace.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { launch } from './launch.js'
import type { Ended, LaunchOptions } from './launch.js'
import type { ClusterProject } from './cluster-project.js'
import type { Bench } from './proof.js'

/** One call of the main thread. */
export interface Call {
  readonly name: string
  /** How many of this name the thread made until and with this one. */
  readonly number: number
  /** As strace prints it, with the paths of descriptors. */
  readonly line: string
}

/** All calls that a write consists of, as C libraries of several machines make them. */
const NAMES =
  'mkdir,mkdirat,openat,read,pread64,write,pwrite64,fsync,fdatasync,fchmod,fchown,link,linkat,rename,renameat,unlink,unlinkat,symlink,symlinkat,readlink,readlinkat,close,getdents64,statx'

export const CALLS = NAMES.split(',')
  .map((name) => `?${name}`)
  .join(',')

export const noTrace: string | undefined =
  spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0
    ? undefined
    : 'strace is not there or may not trace here'

/** strace over all threads; what is injected does not go together with a filter in the kernel (`--seccomp-bpf`). */
export function strace(...options: string[]): string[] {
  return ['strace', '-f', '-e', `trace=${CALLS}`, '-e', 'signal=none', ...options]
}

let count = 0

/** The calls of a launched process between the first and the last that touch its project's store, and its answer. */
export async function record(
  bench: Bench,
  project: ClusterProject,
  args: readonly string[],
  options: LaunchOptions = {},
): Promise<{ readonly calls: readonly Call[]; readonly ended: Ended }> {
  const log = join(bench.folder, `trace-${++count}`)
  const ended = await launch(bench, project, args, {
    ...options,
    wrapper: strace('--seccomp-bpf', '-y', '-s', '0', '-o', log),
  })
  const lines = readFileSync(log, 'utf8').split('\n')
  const main = lines[0]!.split(' ')[0]!
  const numbers = new Map<string, number>()
  const calls = lines
    .filter((line) => line.startsWith(`${main} `))
    .flatMap((line): Call[] => {
      const [, name, rest] = /^\d+ +(\w+)\((.*)$/.exec(line) ?? []
      if (name === undefined) return []
      numbers.set(name, (numbers.get(name) ?? 0) + 1)
      return [{ name, number: numbers.get(name)!, line: `${name}(${rest}` }]
    })
  const touches = calls.map(({ line }) => line.includes(project.store))
  const last = calls.findLastIndex(({ line }) => line.startsWith('write(1<'))
  const end = Math.max(last, touches.lastIndexOf(true))
  return { calls: calls.slice(touches.indexOf(true), end + 1), ended }
}

/** Launches a process that dies by SIGKILL as it enters a call. */
export function dieAt(
  bench: Bench,
  project: ClusterProject,
  args: readonly string[],
  { name, number, ...options }: Pick<Call, 'name' | 'number'> & LaunchOptions,
): Promise<Ended> {
  const injection = `inject=${name}:signal=SIGKILL:when=${number}`
  return launch(bench, project, args, {
    ...options,
    wrapper: strace('-o', '/dev/null', '-e', injection),
  })
}
