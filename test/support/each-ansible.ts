import { describe, test } from '@jest/globals'
import { findAnsible } from './ansible.js'
import type { Ansible } from './ansible.js'

/** A block of tests for each ansible-core at hand; without any, one skipped test that says so. */
export function describeEachAnsible(body: (ansible: Ansible) => void): void {
  describeAll(findAnsible(), body)
}

/** As {@link describeEachAnsible}, for the newest alone, unless K3S_VARS_TEST_ANSIBLE names what to try. */
export function describeNewestAnsible(body: (ansible: Ansible) => void): void {
  const all = findAnsible()
  describeAll(process.env['K3S_VARS_TEST_ANSIBLE'] ? all : all.slice(-1), body)
}

function describeAll(all: readonly Ansible[], body: (ansible: Ansible) => void): void {
  if (all.length > 0) describe.each(all)('ansible-core $version', body)
  else test.skip('no ansible-core on PATH, in .cache/ansible or in K3S_VARS_TEST_ANSIBLE', () => {})
}

/** Whether everything is to be tested with everything, which takes minutes. */
export const IS_MATRIX = (process.env['K3S_VARS_TEST_MATRIX'] ?? '') !== ''

/** As {@link describeEachAnsible} for the whole matrix; else on the newest ansible-core alone. */
export function describeMatrix(body: (ansible: Ansible) => void): void {
  if (IS_MATRIX) return describeEachAnsible(body)
  const newest = findAnsible().at(-1)
  if (newest === undefined) return describeEachAnsible(body)
  describe(`ansible-core ${newest.version}`, () => body(newest))
}
