// Whether the living cluster has the tokens of its document: one that was rolled back is refused there. Only what contradicts is
// told, not who cannot be asked: `verify` does that. Without a known CA no server is asked at all.
import { K3sVarsError } from '../../errors.js'
import type { Lifecycle } from '../../lifecycle/lifecycle.js'
import type { StoredCluster } from '../../lifecycle/open.js'
import { verifyServers } from '../../lifecycle/verify/verify.js'
import type { Limiter } from '../../limiter.js'
import type { CheckFinding } from './finding.js'

/** For each server. It is asked besides, so nobody should have to wait for one that is down. */
const MILLISECONDS = 3000

export async function checkLiving(
  lifecycle: Lifecycle,
  stored: StoredCluster,
  limiter: Limiter,
): Promise<readonly CheckFinding[]> {
  const { cluster, document } = stored
  if (!cluster.probe || document.ca.length === 0) return []
  try {
    const options = { milliseconds: MILLISECONDS, allFormer: false, limiter }
    const servers = await verifyServers(lifecycle, stored, options)
    return servers.flatMap(({ url, findings }) =>
      findings
        .filter(({ isUnknown }) => isUnknown !== true)
        .map(({ isUnknown, message, ...finding }) => ({
          ...finding,
          cluster: cluster.name,
          message: `${url}: ${message}`,
        })),
    )
  } catch (error) {
    // That the tokens are unsound, or do not open, is a finding about the document already.
    if (error instanceof K3sVarsError) return []
    throw error
  }
}
