import type { ServerFinding } from '../verify/finding.js'

export interface DriftFinding extends ServerFinding {
  /** The place on the node: `/etc/rancher/k3s/config.yaml:1`. */
  readonly on?: string
}

/** Something that could not be looked at, so nothing is known to be wrong. */
export function unknown(rule: string, message: string, hint: string): DriftFinding {
  return { rule, severity: 'error', isUnknown: true, message, hint }
}
