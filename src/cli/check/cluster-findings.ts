// What can be said of one cluster without Ansible: its document, its secrets, its tokens.
import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import type { ClusterConfig } from '../../config/config.js'
import type { Lifecycle } from '../../lifecycle/lifecycle.js'
import { K3sVarsError } from '../../errors.js'
import type { Location } from '../../errors.js'
import { PROJECTS } from '../../role/projects.js'
import type { TokenKind } from '../../role/profile.js'
import type { Secret } from '../../secret.js'
import type { ClusterDocument, StoredSecret, StoredTokens } from '../../document/document.js'
import { keyName } from '../../token/fingerprint.js'
import { judgeCredibility } from '../../token/credible.js'
import { explainFinding, lintToken } from '../../token/lint.js'
import { DEFAULT_ID, parseEnvelope } from '../../vault/envelope.js'
import { activeTokens } from '../../document/active.js'
import { findingOf } from './finding.js'
import type { CheckFinding } from './finding.js'

/** What was found, and the tokens that the cluster hands out as far as they could be opened. */
export interface ClusterCheck {
  readonly findings: readonly CheckFinding[]
  readonly tokens: Readonly<Partial<Record<TokenKind, Secret>>>
}

/** @param canOpen whether there is a vault password to open secrets with */
export async function checkCluster(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  canOpen: boolean,
): Promise<ClusterCheck> {
  const settings = checkSettings(cluster)
  try {
    const found = await lifecycle.storeOf(cluster).get(cluster.name)
    if (found === null) return { findings: [...settings, absent(cluster)], tokens: {} }
    const { findings, tokens } = await checkDocument(lifecycle, cluster, found.document, canOpen)
    return { findings: [...settings, ...checkMode(cluster), ...findings], tokens }
  } catch (error) {
    if (!(error instanceof K3sVarsError)) throw error
    return { findings: [...settings, findingOf(error, cluster.name)], tokens: {} }
  }
}

function checkSettings(cluster: ClusterConfig): CheckFinding[] {
  return [...checkServers(cluster), ...checkEncryption(cluster)]
}

function checkServers(cluster: ClusterConfig): CheckFinding[] {
  const { title, leastServers = 0 } = PROJECTS[cluster.role.id]
  if (cluster.hosts === undefined) return []
  if (Object.keys(cluster.hosts.server).length >= leastServers) return []
  return [
    {
      rule: 'token-not-read',
      severity: 'warn',
      cluster: cluster.name,
      message: `${title} reads the token only with ${leastServers} or more servers, so K3s makes one of its own`,
      place: cluster.location,
      hint: `after the first run adopt that one: k3s-vars token import ${cluster.name} --replace, from /var/lib/rancher/k3s/server/token`,
    },
  ]
}

function checkEncryption(cluster: ClusterConfig): CheckFinding[] {
  if (cluster.encrypt === 'always') return []
  return [
    {
      rule: 'encrypt-never',
      severity: 'warn',
      cluster: cluster.name,
      message: 'the tokens are kept in the clear',
      place: cluster.location,
      hint: 'set encrypt: always and give a vault password, or keep the store out of Git and backups',
    },
  ]
}

function absent(cluster: ClusterConfig): CheckFinding {
  const isMintedLater = cluster.mint === 'first-use'
  return {
    rule: 'K3SV_STORE_ABSENT',
    severity: isMintedLater ? 'note' : 'error',
    cluster: cluster.name,
    message: isMintedLater
      ? 'no token yet; the first run makes one'
      : 'no token yet, and mint is never',
    place: cluster.location,
    ...(isMintedLater ? {} : { hint: `make one with k3s-vars token new ${cluster.name}` }),
  }
}

/** The store itself refuses what is dangerous; this is what it lets pass. */
function checkMode(cluster: ClusterConfig): CheckFinding[] {
  const file = join(cluster.store, `${cluster.name}.yml`)
  const writable = [cluster.store, file].filter((path) => {
    const mode = lstatSync(path, { throwIfNoEntry: false })?.mode ?? 0
    return (mode & 0o022) !== 0 && (mode & 0o170000) !== 0o120000
  })
  return writable.map((path) => ({
    rule: 'permissions',
    severity: 'warn',
    cluster: cluster.name,
    message: 'others than the owner can write here',
    place: { file: path },
    hint: 'take the right away: chmod go-w',
  }))
}

interface StoredValue {
  readonly key: string
  readonly kind: TokenKind
  readonly stored: StoredSecret
  readonly generation: StoredTokens
}

async function checkDocument(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  document: ClusterDocument,
  canOpen: boolean,
): Promise<{ findings: CheckFinding[]; tokens: Partial<Record<TokenKind, Secret>> }> {
  const current = activeTokens(document)
  const findings: CheckFinding[] = []
  const tokens: Partial<Record<TokenKind, Secret>> = {}
  if (cluster.agentToken && current.agent === undefined) findings.push(noAgentToken(cluster))
  const checks = storedValues(document).map(async (value): Promise<CheckFinding[]> => {
    const place = {
      file: join(cluster.store, `${cluster.name}.yml`),
      key: `${value.key}.${value.kind}`,
    }
    const sealing = checkSealing(cluster, value.stored, place)
    const secret = await openValue(lifecycle, value.stored, { canOpen, place })
    if (secret === undefined) return sealing
    if (secret instanceof K3sVarsError) return [...sealing, findingOf(secret, cluster.name)]
    const isHandedOut = value.generation === current
    if (isHandedOut) tokens[value.kind] = secret
    return [
      ...sealing,
      ...checkFingerprint(cluster, value, secret, place),
      // A former token was good enough for its time, and nothing hands it out any more.
      ...(isHandedOut ? judge(cluster, value.kind, secret, place) : []),
    ]
  })
  for (const found of await Promise.all(checks)) findings.push(...found)
  return { findings, tokens }
}

function storedValues(document: ClusterDocument): StoredValue[] {
  const generations: [string, StoredTokens][] = [
    ['current', document.current],
    ...(document.pending === null ? [] : [['pending', document.pending] as [string, StoredTokens]]),
    ...document.previous.map((former, index): [string, StoredTokens] => [
      `previous.${index}`,
      former,
    ]),
  ]
  return generations.flatMap(([key, generation]) =>
    (['server', 'agent'] as const).flatMap((kind) => {
      const stored = generation[kind]
      return stored === undefined ? [] : [{ key, kind, stored, generation }]
    }),
  )
}

async function openValue(
  { vault }: Lifecycle,
  stored: StoredSecret,
  { canOpen, place }: { readonly canOpen: boolean; readonly place: Location },
): Promise<Secret | K3sVarsError | undefined> {
  if (stored.form === 'plain') return stored.secret
  if (!canOpen) return undefined
  try {
    return await vault.open(stored.text, place)
  } catch (error) {
    if (error instanceof K3sVarsError) return error
    throw error
  }
}

function checkSealing(
  cluster: ClusterConfig,
  stored: StoredSecret,
  place: Location,
): CheckFinding[] {
  const found = { severity: 'warn', cluster: cluster.name, place } as const
  if (stored.form === 'plain') {
    if (cluster.encrypt === 'never') return []
    const hint = 'keep the file out of Git; the tokens of the next generation are sealed'
    return [
      {
        ...found,
        rule: 'not-sealed',
        message: 'the secret is in the clear, although encrypt is always',
        hint,
      },
    ]
  }
  if (cluster.vaultId === undefined) return []
  try {
    const label = parseEnvelope(stored.text, place).label ?? DEFAULT_ID
    if (label === cluster.vaultId) return []
    return [
      {
        ...found,
        rule: 'vault-id',
        message: `the secret is sealed with another vault id than ${cluster.vaultId}`,
      },
    ]
  } catch (error) {
    // Opening it says the same.
    if (error instanceof K3sVarsError) return []
    throw error
  }
}

function checkFingerprint(
  cluster: ClusterConfig,
  { kind, generation }: StoredValue,
  secret: Secret,
  place: Location,
): CheckFinding[] {
  const { fingerprint } = generation
  if (kind !== 'server' || fingerprint === null || keyName(secret) === fingerprint) return []
  return [
    {
      rule: 'fingerprint',
      severity: 'error',
      cluster: cluster.name,
      message: 'the fingerprint is not that of the token beside it',
      place,
      hint: 'somebody changed one of them by hand: restore the document from Git or a backup',
    },
  ]
}

function judge(
  cluster: ClusterConfig,
  kind: TokenKind,
  secret: Secret,
  place: Location,
): CheckFinding[] {
  const { role, agentToken } = cluster
  const purpose = { kind, role, isSeparate: agentToken, isInUse: true }
  return [...judgeCredibility(secret), ...lintToken(secret, purpose)].map((found) => ({
    rule: found.rule,
    severity: found.severity,
    cluster: cluster.name,
    message: `the ${kind} token${found.file === undefined ? '' : ` in ${found.file}`}: ${explainFinding(found)}`,
    place,
    hint: found.hint,
  }))
}

function noAgentToken(cluster: ClusterConfig): CheckFinding {
  return {
    rule: 'K3SV_STORE_ABSENT',
    severity: 'error',
    cluster: cluster.name,
    message: 'agent_token is set, but the store has no agent token',
    place: cluster.location,
    hint: `make one with k3s-vars token new ${cluster.name} --kind agent`,
  }
}
