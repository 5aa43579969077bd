import { describe, test } from '@jest/globals'
import { findAnsible, IS_MATRIX } from './ansible.js'
import type { Ansible } from './ansible.js'

export { IS_MATRIX }

/** A block of tests for each ansible-core at hand; without any, one skipped test that says so. */
export function describeEachAnsible(body: (ansible: Ansible) => void): void {
  describeAll(findAnsible(), body)
}

/** Whether `ansible` is the one that what does not depend on the version is tried with; every one of them in a matrix. */
export function isForAll({ version }: Ansible): boolean {
  return IS_MATRIX || version === findAnsible().at(-1)?.version
}

/** As {@link describeEachAnsible}, but for what takes minutes: with the newest alone unless {@link IS_MATRIX}. */
export function describeNewestAnsible(body: (ansible: Ansible) => void): void {
  const all = findAnsible()
  describeAll(IS_MATRIX ? all : all.slice(-1), body)
}

function describeAll(all: readonly Ansible[], body: (ansible: Ansible) => void): void {
  if (all.length > 0) describe.each(all)('ansible-core $version', body)
  else test.skip('no ansible-core on PATH, in .cache/ansible or in K3S_VARS_TEST_ANSIBLE', () => {})
}
