// The tokens of a rotation for the nodes' own modules. They go over a pipe into the standard input of the module, and nowhere else.
import type { ClusterConfig } from '../../config/config.js'
import { allGenerations } from '../../document/active.js'
import { StoreError } from '../../errors.js'
import type { Secret } from '../../secret.js'
import type { TokenPair } from '../../token-pair.js'
import { requireDocument } from '../emit.js'
import type { Lifecycle } from '../lifecycle.js'
import { openGeneration, requireSound } from '../open.js'

export interface HandOver {
  readonly old: TokenPair<Secret>
  readonly new: TokenPair<Secret>
}

/**
 * Both generations of the rotation that is under way, in the open.
 * @throws StoreError `K3SV_STORE_CONFLICT` where it is not, or another one is; VaultError where they do not open
 */
export async function openRotation(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
  rotation: string,
): Promise<HandOver> {
  const document = await requireDocument(lifecycle, cluster)
  if (document.pending?.rotation !== rotation) {
    throw new StoreError(
      'K3SV_STORE_CONFLICT',
      `no such rotation of cluster ${cluster.name} is under way`,
      { hint: `look at the state: k3s-vars rotate ${cluster.name} --status` },
    )
  }
  const [before, after] = await Promise.all(
    (['current', 'pending'] as const).map(async (standing) => {
      const generation = allGenerations(document).find((one) => one.standing === standing)!
      return requireSound(await openGeneration(lifecycle, { cluster, document, generation }))
    }),
  )
  return { old: before!, new: after! }
}
