// A program with every fault that the fuzzer looks for. It shows that a row of zeros means something.
import { UsageError } from '../../src/errors.js'
import { Broken, CANARY } from './examine.js'
import type { Target } from './examine.js'

export const control: Target = {
  name: 'control',
  samples: ['fault', 'say', 'loop', 'hoard', 'promise', 'ok'],
  words: ['fault', 'say', 'loop', 'hoard', 'promise'],
  run(text) {
    if (text === 'fault') JSON.parse(text)
    if (text === 'promise') throw new Broken('the control breaks its promise')
    if (text === 'say')
      throw new UsageError('K3SV_USAGE', `not a command: ${CANARY.slice(2, 40)}`, { hint: 'none' })
    if (text === 'loop') for (;;);
    if (text === 'hoard')
      for (const hoard: number[][] = []; ;) hoard.push(new Array<number>(1e5).fill(0.5))
  },
}
