// Takes a rotation back in the store alone. What was laid beside on the nodes is a token that nothing has; with an inventory it goes, too.
import { EXIT_STATUS, ClusterError } from '../../errors.js'
import { requireDocument } from '../../lifecycle/emit.js'
import { forwardOnly } from '../../lifecycle/rotation/decide.js'
import { markRotation } from '../../lifecycle/rotation/stage.js'
import { answer } from '../answer.js'
import type { Call } from '../command.js'
import { openLifecycle } from '../context.js'
import type { Target } from './run.js'

/** @throws ClusterError `K3SV_ROTATION_STOPPED` where there is only the way forward; as `markRotation` */
export async function abortStored(call: Call, { config, cluster }: Target): Promise<number> {
  const lifecycle = openLifecycle(call, config)
  const { name } = cluster
  const { phase, pending } = await requireDocument(lifecycle, cluster)
  if (pending === null) {
    answer(call, { cluster: name, outcome: 'nothing' }, [`${name}: no rotation is under way`])
    return EXIT_STATUS.done
  }
  if (phase !== 'staged') {
    const { message, hint } = forwardOnly(cluster)
    throw new ClusterError('K3SV_ROTATION_STOPPED', `${name}: ${message}`, {
      location: cluster.location,
      hint,
    })
  }
  await markRotation(lifecycle, cluster, { rotation: pending.rotation, mark: 'abort' })
  answer(call, { cluster: name, outcome: 'aborted' }, [
    `${name}: taken back; the cluster keeps its token`,
    `what was laid beside on the nodes goes with the next rotation, or at once: k3s-vars rotate ${name} --abort -i INVENTORY`,
  ])
  return EXIT_STATUS.done
}
