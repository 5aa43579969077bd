// What people read of a server's answers. Each is the end of a sentence that begins with the server.
import type { Readiness, Verdict } from './answer.js'
import type { NoConnection } from './supervisor.js'

export const ANSWER_WORDS: Readonly<Record<NoConnection | Verdict | Readiness, string>> = {
  accepted: 'accepts it',
  refused: 'refuses it',
  ready: 'is up',
  'not-ready': 'is not up yet',
  unclear: 'gives an answer that no K3s gives',
  forbidden: 'takes it for a token of the other kind',
  starting: 'is starting',
  failing: 'fails with an error of its own',
  'no-backend': 'has a load balancer there that reaches no server',
  apiserver: 'has an apiserver there and no supervisor of K3s or RKE2',
  'not-k3s': 'has something else than K3s there',
  'no-ca': 'gives out no CA',
  'other-ca': 'has another CA',
  'not-listening': 'refuses the connection',
  'unknown-name': 'has a name that cannot be looked up',
  'no-route': 'cannot be reached: no route',
  'no-answer': 'does not answer in time',
  'cut-off': 'ends the connection without an answer',
  'no-descriptor': 'cannot be asked: too many files are open (ulimit -n)',
  'not-tls': 'does not speak TLS',
  'tls-refused': 'refuses the TLS connection',
  'foreign-certificate': 'has a certificate of another CA',
  'certificate-of-another-name':
    'has a certificate for other names than this one (tls-san adds names)',
  'expired-certificate': 'has a certificate that is not valid today',
}
