import { describe, test } from '@jest/globals'
import { findAnsible } from './ansible.js'
import type { Ansible } from './ansible.js'

/** A block of tests for each ansible-core at hand; without any, one skipped test that says so. */
export function describeEachAnsible(body: (ansible: Ansible) => void): void {
  const all = findAnsible()
  if (all.length > 0) describe.each(all)('ansible-core $version', body)
  else test.skip('no ansible-core on PATH, in .cache/ansible or in K3S_VARS_TEST_ANSIBLE', () => {})
}
