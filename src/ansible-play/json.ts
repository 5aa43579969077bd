import { ClusterError } from '../errors.js'

/**
 * JSON that a program of Ansible's printed. The parser's own error quotes its input and is dropped.
 * @throws ClusterError `K3SV_CLUSTER_ANSIBLE`
 */
export function parseJson(text: string, program: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ClusterError('K3SV_CLUSTER_ANSIBLE', `what ${program} printed is not JSON`, {
      hint: `run ${program} by hand: something prints to its standard output besides the answer`,
    })
  }
}
