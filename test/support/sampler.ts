// Looks at everything that a running command shows to the rest of the machine: the arguments and environments of its
// processes (Linux: /proc) and the files that it writes on the way.
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What was seen while a command ran. */
export interface Sighting {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
  /** Every distinct command line, words joined by spaces. */
  readonly commandLines: ReadonlySet<string>
  /** Every distinct environment of a process that the command started; not its own, which the caller made. */
  readonly childEnvironments: ReadonlySet<string>
  /** Files that held one of the markers at some moment, relative to their folder. */
  readonly filesWithMarker: ReadonlySet<string>
  /** The limits on the size of core dumps, as /proc words them. */
  readonly coreLimits: ReadonlySet<string>
}

export interface Watch {
  readonly cwd: string
  readonly environment: NodeJS.ProcessEnv
  readonly input?: string
  readonly markers: readonly string[]
  /** Folders whose files are read again and again. */
  readonly folders: readonly string[]
}

/** Runs a program and samples it, as often as the machine allows, until it ends. */
export async function sample(
  program: string,
  args: readonly string[],
  watch: Watch,
): Promise<Sighting> {
  const seen = {
    commandLines: new Set<string>(),
    childEnvironments: new Set<string>(),
    filesWithMarker: new Set<string>(),
    coreLimits: new Set<string>(),
  }
  // Between fork and exec a child is a copy of the command and has its command line.
  const own = new Set<string>()
  const child = spawn(program, args, { cwd: watch.cwd, env: watch.environment })
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
  child.stdin.on('error', () => {}).end(watch.input ?? '')
  let status: number | null | undefined
  child.on('close', (code) => (status = code))
  while (status === undefined) {
    for (const pid of familyOf(child.pid!)) {
      const process = join('/proc', String(pid))
      const environment = read(join(process, 'environ'))
      const line = read(join(process, 'cmdline')).replaceAll('\0', ' ').trim()
      add(seen.commandLines, line)
      if (pid === child.pid) {
        own.add(line)
        add(seen.coreLimits, /^Max core file size.*$/m.exec(read(join(process, 'limits')))?.[0])
      } else if (!own.has(line)) add(seen.childEnvironments, environment)
    }
    for (const folder of watch.folders) {
      for (const file of filesIn(folder)) {
        const text = read(join(folder, file))
        if (watch.markers.some((marker) => text.includes(marker))) seen.filesWithMarker.add(file)
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return { status, ...output, ...seen }
}

function add(set: Set<string>, text: string | undefined): void {
  if (text) set.add(text)
}

/** A process and all below it. */
function familyOf(root: number): number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => {
        // The name of the program stands in brackets and may hold anything.
        const stat = read(`/proc/${name}/stat`).replace(/^.*\)/s, '')
        return [Number(name), Number(stat.split(' ')[2])] as const
      }),
  )
  const isBelow = (pid: number | undefined): boolean =>
    pid !== undefined && pid > 1 && (pid === root || isBelow(parents.get(pid)))
  return [...parents.keys()].filter((pid) => isBelow(pid))
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
  } catch {
    return []
  }
}

/** Processes and files come and go. */
function read(file: string): string {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return ''
  }
}
