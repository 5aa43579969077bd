// What can be said of a cluster's document: of every generation whether it opens, is as it was written and belongs to this
// cluster, and of the tokens that are handed out whether they work.
import type { ClusterConfig } from '../../config/config.js'
import { activeGeneration, allGenerations } from '../../document/active.js'
import type { Generation } from '../../document/active.js'
import type { StoredSecret } from '../../document/document.js'
import { ClusterError, K3sVarsError, VaultError } from '../../errors.js'
import type { Location } from '../../errors.js'
import { certainCa, requireCa } from '../../lifecycle/known-ca.js'
import type { Lifecycle } from '../../lifecycle/lifecycle.js'
import { openGeneration, openSecret } from '../../lifecycle/open.js'
import type { StoredCluster } from '../../lifecycle/open.js'
import { findFaults, findStoredFaults, placeOf } from '../../lifecycle/integrity.js'
import type { Stored } from '../../lifecycle/integrity.js'
import type { TokenKind } from '../../role/profile.js'
import type { Secret } from '../../secret.js'
import { TOKEN_KINDS } from '../../token-pair.js'
import { lintCredibility } from '../../token/credible.js'
import { explainFinding, lintToken } from '../../token/lint.js'
import { DEFAULT_ID, parseEnvelope } from '../../vault/envelope.js'
import { findingOf } from './finding.js'
import type { CheckFinding } from './finding.js'

/** What was found, and the tokens that are handed out as far as they could be opened. */
export interface DocumentCheck {
  readonly findings: readonly CheckFinding[]
  readonly tokens: Readonly<Partial<Record<TokenKind, Secret>>>
}

/** @param canOpen whether there is a vault password to open secrets with */
export async function checkDocument(
  lifecycle: Lifecycle,
  { cluster, document }: StoredCluster,
  canOpen: boolean,
): Promise<DocumentCheck> {
  const active = activeGeneration(document)
  const checks = allGenerations(document).map(async (generation) => {
    const stored = { cluster, document, generation }
    const { findings, secrets } = await checkGeneration(lifecycle, stored, canOpen)
    // A former token was good enough for its time, and nothing hands it out any more.
    if (generation.key !== active.key) return { findings, tokens: {} }
    const ofTokens = TOKEN_KINDS.flatMap((kind) => findingsOfToken(stored, kind, secrets[kind]))
    return { findings: [...findings, ...ofTokens], tokens: secrets }
  })
  const checked = await Promise.all(checks)
  const missing = cluster.agentToken && active.tokens.agent === undefined
  return {
    findings: [
      ...(missing ? [noAgentToken(cluster)] : []),
      ...checkForm({ cluster, document }),
      ...checked.flatMap(({ findings }) => findings),
      ...checkBound(cluster, allGenerations(document)),
    ],
    tokens: Object.assign({}, ...checked.map(({ tokens }) => tokens)) as DocumentCheck['tokens'],
  }
}

interface GenerationCheck {
  readonly findings: readonly CheckFinding[]
  readonly secrets: Partial<Readonly<Record<TokenKind, Secret>>>
}

async function checkGeneration(
  lifecycle: Lifecycle,
  stored: Stored,
  canOpen: boolean,
): Promise<GenerationCheck> {
  const { cluster, generation } = stored
  const kinds = TOKEN_KINDS.filter((kind) => generation.tokens[kind] !== undefined)
  const secrets: Partial<Record<TokenKind, Secret>> = {}
  const findings: CheckFinding[] = []
  for (const kind of kinds) {
    const place = placeOf(cluster, `${generation.key}.${kind}`)
    const one = generation.tokens[kind]!
    findings.push(...checkVaultId(cluster, one, place))
    if (!canOpen && one.form === 'sealed') continue
    const secret = await attempt(() => openSecret(lifecycle, one, place))
    if (secret instanceof VaultError) findings.push(findingOf(secret, cluster.name))
    else secrets[kind] = secret
  }
  const isOpen = kinds.every((kind) => secrets[kind] !== undefined)
  const opened = isOpen ? await attempt(() => openGeneration(lifecycle, stored)) : undefined
  if (opened instanceof VaultError) findings.push(findingOf(opened, cluster.name))
  const faults =
    opened === undefined || opened instanceof VaultError
      ? findStoredFaults(stored)
      : findFaults(opened)
  findings.push(
    ...faults.map((fault) => {
      // A former token is handed out to nobody.
      const isMild = fault.code === 'K3SV_STORE_UNSEALED' && generation.standing === 'former'
      return findingOf(fault, cluster.name, isMild ? 'warn' : 'error')
    }),
  )
  return { findings, secrets }
}

/** What comes out, or the vault's error. */
async function attempt<Result>(open: () => Promise<Result>): Promise<Result | VaultError> {
  try {
    return await open()
  } catch (error) {
    if (error instanceof VaultError) return error
    throw error
  }
}

/** Documents from before there were bindings have none, and former tokens that nobody could open. */
function checkBound(cluster: ClusterConfig, generations: readonly Generation[]): CheckFinding[] {
  const unbound = generations.filter(({ tokens }) => tokens.binding === undefined)
  if (unbound.length === 0) return []
  return [
    {
      rule: 'unbound',
      severity: 'warn',
      cluster: cluster.name,
      message: `nothing tells whether the tokens are this cluster's own: generation ${unbound.map(({ number }) => number).join(', ')} of its document is not bound`,
      place: placeOf(cluster, unbound[0]!.key),
      hint: `if the document is in order, bind it: k3s-vars token bind ${cluster.name}; the next change of it does so, too`,
    },
  ]
}

/** Without a CA to put in front of it, no token is handed out at all. */
function checkForm(stored: StoredCluster): CheckFinding[] {
  if (stored.cluster.form === 'short') return []
  try {
    requireCa(stored)
    return []
  } catch (error) {
    if (error instanceof ClusterError) return [findingOf(error, stored.cluster.name)]
    throw error
  }
}

function checkVaultId(
  cluster: ClusterConfig,
  stored: StoredSecret,
  place: Location,
): CheckFinding[] {
  if (stored.form === 'plain' || cluster.vaultId === undefined) return []
  try {
    const label = parseEnvelope(stored.text, place).label ?? DEFAULT_ID
    if (label === cluster.vaultId) return []
    return [
      {
        rule: 'vault-id',
        severity: 'warn',
        cluster: cluster.name,
        place,
        message: `the secret is sealed with another vault id than ${cluster.vaultId}`,
      },
    ]
  } catch (error) {
    // Opening it says the same.
    if (error instanceof K3sVarsError) return []
    throw error
  }
}

function findingsOfToken(
  { cluster, document, generation }: Stored,
  kind: TokenKind,
  secret: Secret | undefined,
): CheckFinding[] {
  if (secret === undefined) return []
  const { role, agentToken } = cluster
  const place = placeOf(cluster, `${generation.key}.${kind}`)
  const caHash = cluster.form === 'secure' ? certainCa(document) : undefined
  const purpose = { kind, role, isSeparate: agentToken, isInUse: true, caHash }
  return [...lintCredibility(secret), ...lintToken(secret, purpose)].map((found) => ({
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
