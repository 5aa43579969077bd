import { describe, expect, test } from '@jest/globals'
import { generationsOf } from '../../src/lifecycle/verify/generations.js'
import type { ClusterDocument, Phase } from '../../src/document/document.js'
import { firstDocument, replaceTokens, stageTokens } from '../../src/document/transitions.js'
import { LATER, NOW, tokens, writeId } from '../store/samples.js'

const stamp = (number: number, now = NOW) => ({ writeId: writeId(number), now })

/** Generation 3, with two former ones and the next one staged. */
function documentIn(phase: Phase): ClusterDocument {
  let document = firstDocument('prod', tokens('one'), stamp(1))
  document = replaceTokens(document, tokens('two'), stamp(2, LATER))
  document = replaceTokens(document, tokens('three'), stamp(3, LATER))
  if (phase === 'idle') return document
  const staged = stageTokens(document, { rotation: 'r1', tokens: tokens('four') }, stamp(4, LATER))
  return { ...staged, phase }
}

describe('what a server should have', () => {
  test.each<[Phase, string[]]>([
    ['idle', ['3 current accepted', '2 former refused', '1 former refused']],
    ['staged', ['3 current accepted', '4 pending refused', '2 former refused', '1 former refused']],
    ['rotating', ['3 current either', '4 pending either', '2 former refused', '1 former refused']],
    [
      'rotated',
      ['4 pending accepted', '3 current refused', '2 former refused', '1 former refused'],
    ],
  ])('in phase %s', (phase, expected) => {
    const told = generationsOf(documentIn(phase)).map(
      ({ number, standing, expected: answer }) => `${number} ${standing} ${answer}`,
    )
    expect(told).toEqual(expected)
  })
})
