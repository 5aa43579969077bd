import { expect, test } from '@jest/globals'
import { isSupportedNode } from '../../src/source/node-version.js'

test.each([
  ['18.20.8', false],
  ['20.18.3', false],
  ['20.19.0', true],
  ['20.20.2', true],
  // No process.getBuiltinModule in these.
  ['21.7.3', false],
  ['22.0.0', false],
  ['22.2.0', false],
  ['22.3.0', true],
  ['22.21.0', true],
  ['23.0.0', true],
  ['24.0.0', true],
  ['100.0.0', true],
])('Node.js %s is supported: %p', (version, isSupported) => {
  expect(isSupportedNode(version)).toBe(isSupported)
})
