import { describe, test } from '@jest/globals'
import { findAnsible } from '../ansible.js'
import type { Ansible } from '../ansible.js'
import { findK3s } from '../find-k3s.js'
import { whatIsMissing } from './world.js'

export interface WorldNeeds {
  /** The program of K3s. */
  readonly k3s: string
  readonly ansible: Ansible
}

/** Tests on hosts with a real K3s and the newest Ansible at hand; where they cannot be had, one skipped test says what is missing. */
export function describeWorld(title: string, body: (needs: WorldNeeds) => void): void {
  const ansible = findAnsible().at(-1)
  const k3s = findK3s()
  const missing =
    whatIsMissing() ??
    (k3s === undefined ? 'k3s on PATH or in K3S_BINARY' : undefined) ??
    (ansible === undefined ? 'ansible-core' : undefined)
  if (missing !== undefined) test.skip(`${title}: skipped for want of ${missing}`, () => undefined)
  else describe(title, () => body({ k3s: k3s!, ansible: ansible! }))
}
