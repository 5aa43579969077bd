// What the vars files of a cluster should hold, and how that differs from what lies there. Nothing is changed here.
import type { Stats } from 'node:fs'
import { dirname, join } from 'node:path'
import { UsageError, VaultError } from '../../errors.js'
import type { ClusterConfig } from '../../config/config.js'
import { readGuarded } from '../../files/guarded-read.js'
import { lstatIfThere } from '../../files/look.js'
import { SIDES } from '../../inventory/groups.js'
import type { GroupNames } from '../../inventory/groups.js'
import { roleSettings, tokenVariables } from '../../inventory/variables.js'
import type { EmittedTokens } from '../../inventory/variables.js'
import { Secret } from '../../secret.js'
import { isVaultText, parseEnvelope } from '../../vault/envelope.js'
import type { Vault } from '../../vault/vault.js'
import { groupVarsHeader, renderGroupVars } from './text.js'

/**
 * `same`: nothing to do. `missing`, `changed`, `unsealed` (ours, but somebody opened it), `other id`: to be written.
 * `stale`: ours and no longer wanted. `foreign`: not ours, or sealed with a password that is not at hand.
 */
export type FileState =
  'same' | 'missing' | 'changed' | 'unsealed' | 'other id' | 'stale' | 'foreign'

/** One vars file of a cluster. */
export interface PlannedFile {
  readonly cluster: ClusterConfig
  readonly group: string
  /** Absolute. */
  readonly file: string
  readonly state: FileState
  /** What it should hold; undefined where there should be none. */
  readonly text: Secret | undefined
}

export interface PlanInput {
  readonly cluster: ClusterConfig
  readonly groups: GroupNames
  readonly tokens: EmittedTokens
  /** The absolute folder of the groups' folders. */
  readonly folder: string
  readonly vault: Vault
}

const NAME = 'k3s_vars.yml'

/**
 * The files of one cluster, as they are and as they should be.
 * @throws UsageError `K3SV_USAGE_OUTPUT` where Ansible would no longer read another file of the group; VaultError where
 * there is no vault password at all
 */
export async function planFiles(input: PlanInput): Promise<readonly PlannedFile[]> {
  const { cluster, groups, tokens, folder } = input
  const carried = tokenVariables(cluster, tokens)
  const planned = SIDES.map(async (side): Promise<PlannedFile | undefined> => {
    const group = groups[side]
    const file = join(folder, group, NAME)
    const variables = { ...roleSettings(cluster, side), ...carried[side] }
    const isWanted = Object.keys(variables).length > 0
    const text = isWanted ? new Secret(renderGroupVars(cluster.name, variables)) : undefined
    const state = await stateOf(file, text, input)
    if (state === undefined) return undefined
    if (text !== undefined) requireRead(folder, group)
    return { cluster, group, file, state, text }
  })
  return (await Promise.all(planned)).filter((one) => one !== undefined)
}

/** Undefined where there is nothing, or nothing of ours, and nothing should be. */
async function stateOf(
  file: string,
  text: Secret | undefined,
  { cluster, vault }: PlanInput,
): Promise<FileState | undefined> {
  const stats = statsOf(file)
  if (stats === undefined) return text === undefined ? undefined : 'missing'
  const found = textOf(file)
  const isSealed = isVaultText(found)
  const inner = isSealed ? await openOurs(found, { file, vault }) : new Secret(found)
  const isOurs = inner?.reveal().startsWith(`${groupVarsHeader(cluster.name)}\n`) ?? false
  if (text === undefined) return isOurs ? 'stale' : undefined
  if (!isOurs) return 'foreign'
  if (!isSealed) return 'unsealed'
  if (!inner!.equals(text)) return 'changed'
  const isOfOtherId = cluster.vaultId !== undefined && labelOf(found) !== cluster.vaultId
  return isOfOtherId ? 'other id' : 'same'
}

/** Such a file is some kilobytes; more is something else. */
const MOST_BYTES = 1024 * 1024

/** Empty for what is no file of ours: a link, a folder, a file that cannot be read. */
function textOf(file: string): string {
  try {
    const rules = { from: 'file', links: 'refuse', most: MOST_BYTES } as const
    return readGuarded(file, rules)?.bytes.toString() ?? ''
  } catch {
    return ''
  }
}

function statsOf(file: string): Stats | undefined {
  try {
    return lstatIfThere(file)
  } catch {
    throw new UsageError('K3SV_USAGE_OUTPUT', 'the vars file cannot be looked at', {
      location: { file },
      hint: 'make its folder readable',
    })
  }
}

/** Undefined for text that none of the passwords at hand sealed. */
async function openOurs(
  sealed: string,
  { file, vault }: { readonly file: string; readonly vault: Vault },
): Promise<Secret | undefined> {
  try {
    return await vault.open(sealed, { file })
  } catch (error) {
    const isAnswer =
      error instanceof VaultError &&
      !['K3SV_VAULT_NO_PASSWORD', 'K3SV_VAULT_PASSWORD_SOURCE', 'K3SV_VAULT_SCRIPT'].includes(
        error.code,
      )
    if (isAnswer) return undefined
    throw error
  }
}

function labelOf(sealed: string): string {
  return parseEnvelope(sealed).label ?? 'default'
}

const EXTENSIONS = ['', '.yml', '.yaml', '.json']

/**
 * Where `group_vars/GROUP` is a folder, Ansible reads no `group_vars/GROUP.yml` beside it (find_vars_files,
 * parsing/dataloader.py, 2.15 to 2.21): writing ours would take the user's variables away.
 * @throws UsageError `K3SV_USAGE_OUTPUT`
 */
function requireRead(folder: string, group: string): void {
  for (const extension of EXTENSIONS) {
    const file = join(folder, group + extension)
    const stats = statsOf(file)
    if (stats === undefined || (extension === '' && stats.isDirectory())) continue
    throw new UsageError(
      'K3SV_USAGE_OUTPUT',
      `Ansible would no longer read this file beside a folder ${group}`,
      {
        location: { file },
        hint: `move it into the folder ${join(dirname(file), group)}, for example as main.yml`,
      },
    )
  }
}
