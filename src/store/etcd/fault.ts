// What goes wrong with an etcd, in the words of somebody who keeps token documents. A server's own text is compared with what etcd
// says, and never shown: it is not ours.
import { StoreError } from '../../errors.js'
import { GrpcFault } from './channel.js'

type Code = StoreError['code']

/** By the codes of gRPC alone, where etcd's text adds nothing. */
const BY_ONE_MEMBER: readonly GrpcFault['status'][] = [
  'CANCELLED',
  'UNKNOWN',
  'DEADLINE_EXCEEDED',
  'ABORTED',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
]

/** Whether another member, or the same one a moment later, may answer otherwise. */
export function isOfOneMember({ status, details }: GrpcFault): boolean {
  return BY_ONE_MEMBER.includes(status) || details.includes('too many requests')
}

/** Whether the token of our login is no longer known, or not yet to this member. */
export function isLoggedOut({ status, details }: GrpcFault): boolean {
  return status === 'UNAUTHENTICATED' || details.includes('revision of auth store is old')
}

/** Whether etcd does without users, so that there is nobody to be. */
export function isWithoutUsers({ details }: GrpcFault): boolean {
  return details.includes('authentication is not enabled')
}

/** Whether what was asked for at an old revision is no longer kept. */
export function isCompacted(error: unknown): boolean {
  return error instanceof GrpcFault && error.status === 'OUT_OF_RANGE'
}

/** Whether we have no right to what was asked for. */
export function isForbidden(error: unknown): boolean {
  return error instanceof GrpcFault && error.status === 'PERMISSION_DENIED'
}

/** The error for an answer that no other member would give better. `prefix`: what our keys begin with. */
export function faultOf(fault: GrpcFault, prefix: string): StoreError {
  const [kind, message, hint] = wordsOf(fault, prefix)
  return new StoreError(kind, message, { hint })
}

function wordsOf(fault: GrpcFault, prefix: string): readonly [Code, string, string] {
  const { status, details } = fault
  if (details.includes('user name is empty')) {
    return [
      'K3SV_STORE_DENIED',
      'etcd asks who we are, and no user or certificate is set',
      'set ETCDCTL_USER and ETCDCTL_PASSWORD, or client_cert and client_key',
    ]
  }
  if (details.includes('authentication failed') || isLoggedOut(fault)) {
    return ['K3SV_STORE_DENIED', 'etcd does not let us in', 'check the user and the password']
  }
  if (isForbidden(fault) || details.includes('user name not found')) {
    return noRight('read', prefix)
  }
  if (details.includes('space exceeded')) {
    return [
      'K3SV_STORE_FULL',
      'the database of etcd is full',
      'compact and defragment it, then disarm the alarm: etcdctl alarm list',
    ]
  }
  if (isCompacted(fault)) {
    return ['K3SV_STORE_UNAVAILABLE', 'etcd was compacted while it was read', 'run it again']
  }
  return [
    'K3SV_STORE_UNAVAILABLE',
    `etcd refused the question (gRPC status ${status})`,
    'see the logs of etcd',
  ]
}

/** The error where we have no right to write, which nobody needs who only reads. */
export function mayNotWrite(prefix: string): StoreError {
  const [code, message, hint] = noRight('write', prefix)
  return new StoreError(code, message, { hint })
}

function noRight(what: 'read' | 'write', prefix: string): readonly [Code, string, string] {
  return [
    'K3SV_STORE_DENIED',
    `etcd gives us no right to ${what} below ${prefix}`,
    `grant it: etcdctl role grant-permission ROLE --prefix=true readwrite ${prefix}`,
  ]
}

/** What kept one member from answering. */
export interface Silence {
  /** HOST:PORT */
  readonly member: string
  readonly fault: GrpcFault
}

/** The error where no member answered in time. */
export function unreachable(silences: readonly Silence[]): StoreError {
  const seen = silences.map(({ member, fault }) => ({ member, ...reasonOf(fault) }))
  const told = seen.map(({ member, text }) => `${member} ${text}`).join(', ')
  if (seen.length > 0 && seen.every(({ isTls }) => isTls)) {
    return new StoreError('K3SV_STORE_TLS', `etcd is not to be trusted: ${told}`, {
      hint: 'name its CA with `ca_cert` or ETCDCTL_CACERT, and ask under a name of its certificate',
    })
  }
  return new StoreError('K3SV_STORE_UNAVAILABLE', `etcd does not answer: ${told}`, {
    hint: 'see how it is: etcdctl endpoint health --cluster',
  })
}

interface Reason {
  readonly text: string
  readonly isTls: boolean
}

/** What connecting fails with, as Node, OpenSSL and etcd call it. */
const REASONS: readonly (readonly [RegExp, string, 'tls'?])[] = [
  [/altnames|ALTNAME/, 'has a certificate for another name', 'tls'],
  [/certificate has expired|CERT_HAS_EXPIRED/, 'has an expired certificate', 'tls'],
  [/not yet valid/, 'has a certificate that is not valid yet', 'tls'],
  [
    /self[- ]signed|unable to (?:verify|get)|UNABLE_TO/,
    'has a certificate of a CA that is not trusted',
    'tls',
  ],
  [
    /alert unknown ca|alert.*certificate|certificate required|bad certificate/i,
    'refuses our certificate',
    'tls',
  ],
  [/wrong version number|packet length|EPROTO|SSL|TLS|ALPN/, 'does not speak TLS as asked', 'tls'],
  [/ECONNREFUSED/, 'refuses the connection'],
  [/ENOTFOUND|EAI_AGAIN|resolution failed/i, 'has a name that cannot be resolved'],
  [/EHOSTUNREACH|ENETUNREACH/, 'cannot be reached from here'],
  [/ECONNRESET|EPIPE|hang up/, 'cut the connection'],
  [/no leader|leader changed|timed out|too many requests/, 'has no quorum or no leader'],
]

/** Why a member gave no answer, as what it does. */
export function reasonOf({ status, details }: GrpcFault): Reason {
  const known = REASONS.find(([pattern]) => pattern.test(details))
  if (known !== undefined) return { text: known[1], isTls: known[2] === 'tls' }
  if (status === 'DEADLINE_EXCEEDED' || status === 'CANCELLED') {
    return { text: 'gave no answer in time', isTls: false }
  }
  if (status === 'UNIMPLEMENTED') return { text: 'is no etcd of version 3', isTls: false }
  return { text: `failed (gRPC status ${status})`, isTls: false }
}
