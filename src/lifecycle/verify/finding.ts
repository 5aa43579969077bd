import type { ClusterConfig } from '../../config/config.js'
import type { ClusterDocument } from '../../document/document.js'
import type { Finding } from '../../finding.js'

export interface ServerFinding extends Finding {
  /** Something could not be asked, so nothing is known to be wrong. */
  readonly isUnknown?: true
}

/** What a server is compared with. */
export interface Situation {
  readonly cluster: ClusterConfig
  readonly document: ClusterDocument
  readonly now: Date
}
