// Looks at the arguments and environments of every process in a world, its hosts among them, for texts that nobody may see.
import type { World } from './world.js'

export interface Watch {
  /** How often every process was looked at, and the markers that were seen, each once. */
  readonly stop: () => Promise<{ readonly rounds: number; readonly seen: readonly string[] }>
}

const MARKERS = '/run/w/markers'
// Markers stand in a file, because the watcher looks at itself, too.
const LOOP = `
exec 3<&0
( cat <&3 >/dev/null; : >${MARKERS}.end ) &
while [ ! -e ${MARKERS}.end ]; do
  cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n' | grep -aoFf ${MARKERS}
  echo round
done
rm -f ${MARKERS}.end`

/** @param markers texts without line ends */
export function watchProcesses(world: World, markers: readonly string[]): Watch {
  world.run('sh', ['-c', `cat >${MARKERS}`], { input: `${markers.join('\n')}\n` })
  const child = world.start('sh', ['-c', LOOP])
  let text = ''
  child.stdout!.setEncoding('utf8').on('data', (more: string) => (text += more))
  return {
    stop: async () => {
      const ended = new Promise((resolve) => child.once('close', resolve))
      child.stdin!.end()
      await ended
      const lines = text.split('\n').filter((line) => line !== '')
      const seen = new Set(lines.filter((line) => line !== 'round'))
      return {
        rounds: lines.length - lines.filter((line) => line !== 'round').length,
        seen: [...seen],
      }
    },
  }
}
