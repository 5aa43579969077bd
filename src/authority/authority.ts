// The certificate authorities of a cluster, made before its first start, so that their hash is known to everybody who joins.
// Begin here: this says which there are and in which files K3s looks for them. certificate.ts makes one certificate, der.ts
// writes it.
//
// The files are those of K3s' own contrib/util/generate-custom-ca-certs.sh: a root, an intermediate one, and below it one for
// each task. K3s takes them from `server/tls` at its first start, and gives them to the servers that join.
import { generateKeyPairSync } from 'node:crypto'
import { Secret } from '../secret.js'
import { makeCertificate } from './certificate.js'
import type { Signer } from './certificate.js'

/** Where a file belongs: to the first server below `server/tls`, or only here. */
export type Place = 'server' | 'here'

/** A file of the authority; its name is relative to `server/tls`. */
export type AuthorityFile =
  | { readonly name: string; readonly place: Place; readonly certificate: string }
  | { readonly name: string; readonly place: Place; readonly key: Secret }

export interface AuthorityOptions {
  /** The names of certificates begin with it, as those that it makes itself. */
  readonly program: 'k3s' | 'rke2'
  readonly now: Date
  readonly randomBytes: (size: number) => Buffer
}

const TASKS = ['client', 'server', 'request-header', 'etcd/peer', 'etcd/server'] as const

const DAY = 86_400_000
/** As long as K3s' own script has it; the root is what the hash of every token is made of. */
const ROOT_DAYS = 7300
const OTHER_DAYS = 3700
/** The clock of a node may be behind. */
const EARLIER_DAYS = 1
const SERIAL_BYTES = 16

/** Makes every file, with new keys. The certificate that the cluster is known by is in `server-ca.crt`, with all above it. */
export function makeAuthority(options: AuthorityOptions): readonly AuthorityFile[] {
  const root = drawSigner('root-ca', options)
  const intermediate = drawSigner('intermediate-ca', options)
  const rootCertificate = issue(root, root, { ...options, days: ROOT_DAYS })
  const intermediateCertificate = issue(intermediate, root, { ...options, days: OTHER_DAYS })
  const tasks = TASKS.flatMap((task): AuthorityFile[] => {
    const signer = drawSigner(`${task.replace('/', '-')}-ca`, options)
    const own = issue(signer, intermediate, { ...options, days: OTHER_DAYS })
    return [
      {
        name: `${task}-ca.crt`,
        place: 'server',
        certificate: own + intermediateCertificate + rootCertificate,
      },
      { name: `${task}-ca.key`, place: 'server', key: keyOf(signer) },
    ]
  })
  return [
    { name: 'root-ca.pem', place: 'here', certificate: rootCertificate },
    { name: 'root-ca.key', place: 'here', key: keyOf(root) },
    { name: 'intermediate-ca.pem', place: 'here', certificate: intermediateCertificate },
    { name: 'intermediate-ca.key', place: 'here', key: keyOf(intermediate) },
    ...tasks,
    { name: 'service.key', place: 'server', key: drawServiceKey() },
  ]
}

function drawSigner(name: string, { program, now }: AuthorityOptions): Signer {
  const seconds = Math.floor(now.getTime() / 1000)
  const keys = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  return { commonName: `${program}-${name}@${seconds}`, ...keys }
}

function issue(
  subject: Signer,
  issuer: Signer,
  { now, randomBytes, days }: AuthorityOptions & { readonly days: number },
): string {
  const serial = randomBytes(SERIAL_BYTES)
  // Some readers take a serial number of zero, or one that begins with zeros, for damage.
  serial[0] = (serial[0]! & 0x3f) | 0x40
  return makeCertificate({
    subject,
    issuer,
    serial,
    validFrom: new Date(now.getTime() - EARLIER_DAYS * DAY),
    validTo: new Date(now.getTime() + days * DAY),
  })
}

function keyOf({ privateKey }: Signer): Secret {
  return new Secret(privateKey.export({ type: 'sec1', format: 'pem' }).toString())
}

/** Signs the tokens of service accounts; K3s makes its own as RSA, too. */
function drawServiceKey(): Secret {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return new Secret(privateKey.export({ type: 'pkcs1', format: 'pem' }).toString())
}
