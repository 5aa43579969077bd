// What keeps a server from being trusted: its CA, or that it does not answer as K3s. Nobody has sent it a password.
import type { NoConnection } from '../../cluster/supervisor.js'
import { ANSWER_WORDS } from '../../cluster/words.js'
import type { CaSource, KnownCa } from '../../document/document.js'
import type { Interview } from './interview.js'
import type { ServerFinding, Situation } from './finding.js'

/** @param server one whose CA is not the pinned one, as far as is known */
export function findWrongCa(server: Interview, situation: Situation): ServerFinding {
  const { ca } = server
  if (ca === 'unpinned' || ca === 'pinned') return notPinned(situation)
  if (ca === 'other-ca') return otherCa(server, situation)
  if (ca === 'foreign-certificate') return foreignCertificate()
  const hint = HINTS[ca]
  return {
    rule: 'no-answer',
    severity: 'error',
    isUnknown: true,
    message: `it ${ANSWER_WORDS[ca]}`,
    ...(hint !== undefined && { hint }),
  }
}

const HINTS: Readonly<Partial<Record<NoConnection, string>>> = {
  apiserver: 'RKE2 answers at port 9345: set the role that installed the cluster, or the port',
  'not-listening': 'see whether the server is up, and whether this is its port',
  'no-route':
    'see whether this machine may reach the server; a jump host of ssh does not help here',
  'no-answer': 'see whether a firewall stands between',
  'unknown-name': 'see whether this machine can look up the name',
  'certificate-of-another-name':
    'add the name to `tls-san` of the servers, or name another address',
}

function notPinned({ cluster }: Situation): ServerFinding {
  return {
    rule: 'ca-not-known',
    severity: 'error',
    isUnknown: true,
    message: 'no CA is known to trust it by, so it was asked about no token',
    hint: `compare its CA once: k3s-vars verify ${cluster.name} --pin`,
  }
}

function otherCa({ hash = '' }: Interview, { cluster, document }: Situation): ServerFinding {
  const known = document.ca.map(describeCa).join(', or ')
  return {
    rule: 'other-ca',
    severity: 'error',
    message: `it has another CA, and no password was sent to it: ${hash} answered; known is ${known}`,
    hint: `was the CA changed on purpose? Compare on the server itself, then k3s-vars verify ${cluster.name} --pin`,
  }
}

/** How a CA came to be known. */
export const CA_SOURCE_WORDS: Readonly<Record<CaSource, string>> = {
  token: 'from a token that was imported',
  node: 'from a node',
  person: 'confirmed by a person',
  made: 'made here',
}

function describeCa({ hash, source, learnt }: KnownCa): string {
  return `${hash} (${CA_SOURCE_WORDS[source]}, ${learnt.slice(0, 10)})`
}

function foreignCertificate(): ServerFinding {
  return {
    rule: 'foreign-certificate',
    severity: 'error',
    message:
      'it gives out the CA that is known, but its own certificate is of another, and no password was sent to it',
    hint: 'something that ends TLS stands between: name the servers themselves',
  }
}
