// What the commands of bootstrap tokens have in common: the way to the API of a cluster.
import { openApi } from '../../kubernetes/api.js'
import type { Api } from '../../kubernetes/api.js'
import type { Call, OptionSpec } from '../command.js'
import { hasTerminal } from '../prompt.js'

export const API_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  kubeconfig: {
    type: 'text',
    value: 'FILE',
    describe: 'The kubeconfig; KUBECONFIG or ~/.kube/config if absent',
  },
  context: {
    type: 'text',
    value: 'NAME',
    describe: 'Its context; the current one if absent',
  },
}

/** @throws ClusterError `K3SV_CLUSTER_KUBECONFIG` */
export function openApiOf({ input, io }: Call): Api {
  return openApi({
    environment: io.environment,
    file: input.text('kubeconfig'),
    context: input.text('context'),
    isInteractive: hasTerminal(io),
  })
}
