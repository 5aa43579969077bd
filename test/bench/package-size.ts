import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { Figure } from './suite.js'

const ROOT = join(import.meta.dirname, '../..')

interface Packed {
  readonly size: number
  readonly unpackedSize: number
  readonly entryCount: number
}

/** What a user downloads. */
export function packageFigures(): readonly Figure[] {
  const npm = (...args: string[]): string =>
    execFileSync('npm', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  const [packed] = JSON.parse(npm('pack', '--dry-run', '--ignore-scripts', '--json')) as Packed[]
  const installed = npm('ls', '--omit=dev', '--all', '--parseable').trim().split('\n')
  return [
    {
      what: 'the package, packed',
      value: packed!.size / 1000,
      unit: 'kB',
      note: `${(packed!.unpackedSize / 1000).toFixed(0)} kB unpacked, ${packed!.entryCount} files`,
    },
    // The first line is the project itself.
    { what: 'packages that are installed with it', value: installed.length - 1, unit: 'packages' },
  ]
}
