import { expect, test } from '@jest/globals'
import { activeGeneration, activeTokens } from '../../src/document/active.js'
import {
  commitTokens,
  markRotated,
  markRotating,
  stageTokens,
} from '../../src/document/transitions.js'
import { first, LATER, tokens, writeId } from '../store/samples.js'

const stamp = { writeId: writeId(9), now: LATER }
const idle = first()
const staged = stageTokens(idle, { rotation: 'r1', tokens: tokens('second') }, stamp)
const rotating = markRotating(staged, 'r1', stamp)
const rotated = markRotated(rotating, 'r1', stamp)
const committed = commitTokens(rotated, 'r1', stamp)

test.each([
  ['idle', idle, 1, 'first'],
  ['staged', staged, 1, 'first'],
  ['rotating', rotating, 1, 'first'],
  ['rotated', rotated, 2, 'second'],
  ['idle again', committed, 2, 'second'],
])('in phase %s a node that joins uses the right generation', (_phase, document, number, name) => {
  const active = activeGeneration(document)
  expect(active).toMatchObject({ number, tokens: tokens(name) })
  expect(activeTokens(document)).toBe(active.tokens)
})
