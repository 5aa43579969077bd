// Hands the tokens of a rotation to the action plugin of the collection, which passes them on into the standard input of its module.
import { chooseCluster } from '../../config/choose.js'
import { EXIT_STATUS, UsageError } from '../../errors.js'
import { openRotation } from '../../lifecycle/rotation/hand-over.js'
import { Secret } from '../../secret.js'
import type { Call } from '../command.js'
import { openConfig, openLifecycle } from '../context.js'

const SCHEMA = 1

/** @throws UsageError `K3SV_USAGE_OUTPUT` on a terminal; as `openRotation` */
export async function handOverRotation(call: Call): Promise<number> {
  const { input, io } = call
  const rotation = input.text('rotation')
  if (rotation === undefined) {
    throw new UsageError('K3SV_USAGE', '--hand-over is for one rotation, which --rotation names', {
      hint: 'the play k3s_vars.token.rotate calls this; there is nothing to do by hand',
    })
  }
  if (io.stdout.isTTY === true) {
    throw new UsageError(
      'K3SV_USAGE_OUTPUT',
      'standard output is a terminal, which would show tokens',
      {
        hint: 'the play k3s_vars.token.rotate calls this; for a person: k3s-vars token show --reveal',
      },
    )
  }
  const config = openConfig(call)
  const cluster = chooseCluster(config, input.text('cluster'))
  const { old, new: next } = await openRotation(openLifecycle(call, config), cluster, rotation)
  const isSeparate = cluster.agentToken && old.agent !== undefined && next.agent !== undefined
  const text = new Secret(
    JSON.stringify({
      schema: SCHEMA,
      cluster: cluster.name,
      rotation,
      server: { old: old.server.reveal(), new: next.server.reveal() },
      agent: isSeparate ? { old: old.agent.reveal(), new: next.agent.reveal() } : null,
    }),
  )
  io.stdout.write(`${text.reveal()}\n`)
  return EXIT_STATUS.done
}
