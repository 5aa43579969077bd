// What a server means by its answer. The supervisor says everything but a success as a `Status` of Kubernetes without the version
// of the API, which the apiserver states (pkg/util/apierrors.go).
import type { Answer, Failure } from './connection.js'

/** Who answers without being a supervisor that is up. `no-backend`: the page of a load balancer that reaches no server. */
export type Stranger = 'starting' | 'failing' | 'no-backend' | 'apiserver' | 'not-k3s'

/**
 * What a server says of a token. `forbidden`: the password is right, but of the other kind. `unclear`: what no K3s was ever
 * seen to say.
 */
export type Verdict = 'accepted' | 'refused' | 'forbidden' | 'unclear' | Stranger | Failure

/** Whether a server is up, or why that is not known. */
export type Readiness = 'ready' | 'not-ready' | Exclude<Verdict, 'accepted'>

/** What an answer to a password means. */
export function judge(answer: Answer | Failure, isAccepted: (answer: Answer) => boolean): Verdict {
  if (typeof answer === 'string') return answer
  const stranger = strangerOf(answer)
  if (stranger !== undefined) return stranger
  if (isAccepted(answer)) return 'accepted'
  if (!isStatus(answer.body)) return 'not-k3s'
  if (answer.status === 401) return 'refused'
  return answer.status === 403 ? 'forbidden' : 'unclear'
}

/** What the answer of `encrypt/status` to an accepted server token means: the last thing to work after a start. */
export function readinessOf(answer: Answer | Failure): Readiness {
  if (typeof answer !== 'string' && answer.status === 500 && isStatus(answer.body)) {
    return strangerOf(answer) === 'apiserver' ? 'apiserver' : 'not-ready'
  }
  const verdict = judge(answer, ({ status, body }) => status === 200 && isEncryptionStatus(body))
  return verdict === 'accepted' ? 'ready' : verdict
}

/** Who answers, if it is no supervisor that is up; undefined also for a success, which says nothing of that. */
export function strangerOf({ status, body }: Answer): Stranger | undefined {
  const said = readStatus(body)
  if (said === undefined) return [502, 503, 504].includes(status) ? 'no-backend' : undefined
  if (said['apiVersion'] !== undefined) return 'apiserver'
  if (status === 503) return 'starting'
  return status >= 500 ? 'failing' : undefined
}

export function isStatus(body: Buffer): boolean {
  return readStatus(body) !== undefined
}

function isEncryptionStatus(body: Buffer): boolean {
  return readObject(body)?.['stage'] !== undefined
}

/** The `Status` of Kubernetes that every answer but a success has; undefined for any other text. */
function readStatus(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  const value = readObject(body)
  return value?.['kind'] === 'Status' ? value : undefined
}

function readObject(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined
  }
}
