// Ansible says nothing of an inventory without the vault passwords that it is configured with, though it opens nothing for that.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { VaultError } from '../../errors.js'
import type { Project } from './project.js'
import { passwordFile } from './vault-password.js'

export interface StandIn {
  /** For Ansible's programs. */
  readonly variables: Readonly<Record<string, string>>
  readonly remove: () => void
}

/**
 * A password in place of the one that is about to be made; undefined where passwords are there, or none is configured.
 * @throws VaultError `K3SV_VAULT_PASSWORD_SOURCE` where every one that is configured is missing, and something is sealed
 */
export function standInFor(project: Project): StandIn | undefined {
  const { sources } = project.vault
  const [first] = sources
  if (first === undefined || sources.some(({ problem }) => problem === undefined)) return undefined
  const file = passwordFile(project)
  if (file === undefined || project.exists(file)) {
    const remedy = first.kind === undefined ? 'bring it back' : 'let this user have it'
    throw new VaultError('K3SV_VAULT_PASSWORD_SOURCE', first.problem!, {
      hint: `${remedy}: without its vault passwords Ansible does not read the inventory; a new one would not open what is sealed here`,
    })
  }
  const folder = mkdtempSync(join(tmpdir(), 'k3s-vars-'))
  const path = join(folder, 'password')
  writeFileSync(path, 'none yet\n', { mode: 0o600 })
  return {
    variables: { ANSIBLE_VAULT_PASSWORD_FILE: path },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
