// Seals everything that is kept of a cluster with another vault password, in whichever store it lies. As with every change, what is
// there is verified before it is believed, and bound before it is written.
import { parseAuthority, renderAuthority } from '../authority/text.js'
import type { ClusterConfig } from '../config/config.js'
import type { StoredSecret, StoredTokens } from '../document/document.js'
import { StoreError } from '../errors.js'
import type { Location } from '../errors.js'
import type { Secret } from '../secret.js'
import type { Vault } from '../vault/vault.js'
import { changeDocument } from './bind.js'
import { documentOf } from './integrity.js'
import type { Lifecycle } from './lifecycle.js'
import { newWriteStamp } from './seal.js'

/** The vault of a rekeying. */
export interface RekeyVault extends Vault {
  /** Opens what the former passwords and the new one seal. */
  readonly open: (text: string, location?: Location) => Promise<Secret>
  /** Seals with the new one, whatever the id. */
  readonly seal: (secret: Secret) => Promise<string>
  /** Whether the new one has sealed it. */
  readonly isDone: (text: string, location: Location) => Promise<boolean>
}

/** `absent`: there is nothing of the cluster; `unchanged`: nothing is sealed, or all with the new password already. */
export type Rekeyed = 'rekeyed' | 'unchanged' | 'absent'

/**
 * Run again, it goes on where it was interrupted.
 * @throws as `changeDocument`; VaultError where a text does not open; then the document is as it was
 */
export async function rekeyCluster(
  lifecycle: Lifecycle & { readonly vault: RekeyVault },
  cluster: ClusterConfig,
): Promise<Rekeyed> {
  if ((await lifecycle.storeOf(cluster).get(cluster.name)) === null) return 'absent'
  const { vault } = lifecycle
  const { writeId } = newWriteStamp(lifecycle)
  let outcome: Rekeyed = 'unchanged'
  const place = documentOf(cluster)
  await changeDocument(lifecycle, cluster, async (document) => {
    let isSame = true
    const anew = async (text: string): Promise<string> => {
      if (await vault.isDone(text, place)) return text
      isSame = false
      return vault.seal(await vault.open(text, place))
    }
    const { current, pending, previous } = document
    const next = {
      ...document,
      writeId,
      current: await resealTokens(current, anew),
      pending: pending && (await resealTokens(pending, anew)),
      previous: await Promise.all(previous.map((former) => resealTokens(former, anew))),
    }
    outcome = isSame ? 'unchanged' : 'rekeyed'
    return isSame ? document : next
  })
  return (await rekeyCa(lifecycle, cluster)) ? 'rekeyed' : outcome
}

type Anew = (text: string) => Promise<string>

async function resealTokens<Tokens extends StoredTokens>(
  tokens: Tokens,
  anew: Anew,
): Promise<Tokens> {
  const { server, agent, binding } = tokens
  const secret = async (stored: StoredSecret): Promise<StoredSecret> =>
    stored.form === 'sealed' ? { form: 'sealed', text: await anew(stored.text) } : stored
  return {
    ...tokens,
    server: await secret(server),
    ...(agent && { agent: await secret(agent) }),
    ...(binding?.form === 'sealed' && {
      binding: { form: 'sealed', text: await anew(binding.text) },
    }),
  }
}

/** Whether the keys of a CA that was made here were sealed anew. */
async function rekeyCa(
  lifecycle: Lifecycle & { readonly vault: RekeyVault },
  cluster: ClusterConfig,
): Promise<boolean> {
  const { name } = cluster
  const { vault } = lifecycle
  const texts = lifecycle.authoritiesOf(cluster)
  const file = texts.placeOf(name)
  const former = await texts.read(name)
  if (former === null) return false
  const authority = parseAuthority(former, { cluster: name, file })
  if (await vault.isDone(authority.keys, { file })) return false
  const keys = await vault.seal(await vault.open(authority.keys, { file }))
  if (await texts.replace(name, former, renderAuthority({ ...authority, keys }))) return true
  throw new StoreError('K3SV_STORE_CONFLICT', `the CA of cluster ${name} was changed meanwhile`, {
    location: { file },
    hint: 'run it again, once nobody else does',
  })
}
