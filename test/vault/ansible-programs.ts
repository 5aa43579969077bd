// The installations of ansible-core that the scenarios compare with: folders of programs in K3S_VARS_TEST_ANSIBLE,
// separated like PATH, else the one on PATH.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, test } from '@jest/globals'

export interface AnsiblePrograms {
  /** Such as `2.21.0`. */
  readonly version: string
  readonly vault: string
  /** The interpreter that the programs run with. */
  readonly python: string
}

/** A block of tests for each installation; without any, one skipped test that says so. */
export function describeEachAnsible(body: (installation: AnsiblePrograms) => void): void {
  const installations = findInstallations()
  if (installations.length > 0) describe.each(installations)('ansible-core $version', body)
  else test.skip('no ansible-vault on PATH or in K3S_VARS_TEST_ANSIBLE to compare with', () => {})
}

function findInstallations(): AnsiblePrograms[] {
  const named = process.env['K3S_VARS_TEST_ANSIBLE']
  const folders = (named ?? process.env['PATH'] ?? '').split(delimiter)
  const programs = folders.map((folder) => join(folder, 'ansible-vault')).filter(existsSync)
  return (named === undefined ? programs.slice(0, 1) : programs).map((vault) => ({
    vault,
    python: /^#!\s*(\S+)/.exec(readFileSync(vault, 'utf8'))![1]!,
    version: /core ([\d.]+)/.exec(
      spawnSync(vault, ['--version'], { encoding: 'utf8' }).stdout,
    )![1]!,
  }))
}

/** Whether the installation is of `minor`, such as 2.19, or newer. */
export function isSince({ version }: AnsiblePrograms, minor: string): boolean {
  return version.localeCompare(minor, 'en', { numeric: true }) >= 0
}
