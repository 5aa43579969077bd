// The phases of a rotation as a picture, from the very table that the program goes by.
import type { Phase } from '../document/document.js'
import { TRANSITIONS } from '../document/transitions.js'
import type { Box, Picture } from './drawing.js'

/** What is told of each phase. */
const PHASE_LINES: Readonly<Record<Exclude<Phase, 'idle'>, readonly string[]>> = {
  staged: ['staged', 'new token sealed', 'and laid beside'],
  rotating: ['rotating', 'the datastore', 'is keyed anew'],
  rotated: ['rotated', 'files, then restarts', 'one by one'],
}

const WIDTH = 140
const STEP = 200

export function phasesPicture(): Picture {
  const phases = Object.entries(PHASE_LINES)
  const box = (
    id: string,
    [column, row]: readonly [number, number],
    lines: readonly string[],
  ): Box => ({
    id,
    at: [8 + column * STEP, 14 + row * 112, WIDTH, 76],
    lines,
    kind: phases.some(([phase]) => phase === id) ? 'ours' : 'theirs',
  })
  const stack = ['idle', ...phases.map(([phase]) => phase), 'committed']
  const ends: Readonly<Record<string, string>> = { commit: 'committed', abort: 'aborted' }
  return {
    title:
      'A rotation goes from idle over staged, rotating and rotated to idle again, with the next generation; only from staged can it be taken back.',
    size: [8 + 4 * STEP + WIDTH + 8, 210],
    boxes: [
      box('idle', [0, 0], ['idle', 'generation 3']),
      ...phases.map(([phase, lines], index) => box(phase, [index + 1, 0], lines)),
      box('committed', [4, 0], ['idle', 'generation 4', 'the former is kept']),
      box('aborted', [1, 1], ['idle', 'generation 3', 'nothing has changed']),
    ],
    narrow: {
      size: [440, 496],
      at: Object.fromEntries<Box['at']>([
        ...stack.map((id, index): [string, Box['at']] => [id, [8, 8 + index * 102, 170, 72]]),
        ['aborted', [262, 110, 170, 72]],
      ]),
    },
    arrows: Object.entries(TRANSITIONS).map(([name, { from, to }]) => ({
      from,
      to: ends[name] ?? to,
      ...(name in ends && { label: name }),
    })),
  }
}
