import type { Secret } from '../secret.js'

/** A key that was derived before anybody asked for it. It answers for this password and this salt alone. */
export interface DerivedKey {
  readonly password: Secret<Buffer>
  readonly salt: Buffer
  /** The 80 bytes; undefined where deriving failed. */
  readonly key: Promise<Secret<Buffer> | undefined>
}
