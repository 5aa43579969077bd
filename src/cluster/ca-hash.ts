// The hash of a cluster's CA, as K3s puts it into secure tokens (pkg/clientaccess/token.go, hashCA) and Go verifies a chain
// (crypto/x509, Verify).
import type { X509Certificate } from 'node:crypto'
import { readExtensions } from './certificate.js'
import type { Extensions } from './certificate.js'

const BLOCK = /(?:^|\n)-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]*-----END CERTIFICATE-----/g
/** As many signatures as Go tries before it gives a bundle up. */
const MOST_SIGNATURES = 100
const SERVER_AUTHENTICATION = ['1.3.6.1.5.5.7.3.1', '2.5.29.37.0']

interface Certificate {
  readonly x509: X509Certificate
  readonly extensions: Extensions
}

/**
 * The hash of what `GET /cacerts` answers, 64 hex digits: that of the bytes for one certificate; for several, that of the
 * root that the first one verifies to, and of the bytes again where it verifies to none, be it that one has expired.
 * @returns undefined where there is no certificate in it
 */
export function hashOfCa(bundle: Buffer, now: Date): string | undefined {
  const certificates = readCertificates(bundle)
  const [first, ...rest] = certificates
  if (first === undefined) return undefined
  const root = rest.length === 0 ? undefined : rootOf(first, rest, now)
  const { createHash } = process.getBuiltinModule('node:crypto')
  return createHash('sha256')
    .update(root?.x509.raw ?? bundle)
    .digest('hex')
}

const SECOND = 1000

/**
 * The last moment at which the CA is good and has the hash that it has now: its first certificate expires then, or one of the
 * chain that its hash is made of.
 * @returns undefined where there is no certificate in it
 */
export function lastMomentOf(bundle: Buffer, now: Date): Date | undefined {
  const ends = readCertificates(bundle).map(({ x509 }) => Date.parse(x509.validTo))
  const [own] = ends
  if (own === undefined) return undefined
  const hash = hashOfCa(bundle, now)
  const later = ends.filter((end) => now.getTime() <= end && end < own).sort((a, b) => a - b)
  return new Date(later.find((end) => hashOfCa(bundle, new Date(end + SECOND)) !== hash) ?? own)
}

function readCertificates(bundle: Buffer): readonly Certificate[] {
  const { X509Certificate } = process.getBuiltinModule('node:crypto')
  const blocks = bundle.toString('latin1').match(BLOCK) ?? []
  return blocks.flatMap((block) => {
    try {
      const x509 = new X509Certificate(block.trim())
      return [{ x509, extensions: readExtensions(x509.raw) }]
    } catch {
      return []
    }
  })
}

function rootOf(
  first: Certificate,
  rest: readonly Certificate[],
  now: Date,
): Certificate | undefined {
  const roots = rest.filter(isRootCandidate)
  const intermediates = rest.filter((one) => !roots.includes(one))
  if (!isUsable(first, now)) return undefined
  if (roots.some(({ x509 }) => x509.raw.equals(first.x509.raw))) return first
  let signatures = 0
  return climb([first])

  /** The root above the last of the chain, by any way up. */
  function climb(chain: readonly Certificate[]): Certificate | undefined {
    const isAbove = (issuer: Certificate): boolean =>
      isUsable(issuer, now) &&
      !chain.includes(issuer) &&
      mayStandAbove(issuer, chain) &&
      ++signatures <= MOST_SIGNATURES &&
      isSigned(chain.at(-1)!, issuer)
    const root = roots.find(isAbove)
    if (root !== undefined) return root
    for (const issuer of intermediates.filter(isAbove)) {
      const found = climb([...chain, issuer])
      if (found !== undefined) return found
    }
    return undefined
  }
}

function isRootCandidate({ extensions: { authorityKeyId, subjectKeyId } }: Certificate): boolean {
  return authorityKeyId.length === 0 || authorityKeyId.equals(subjectKeyId)
}

function isUsable({ x509, extensions }: Certificate, now: Date): boolean {
  const { extendedKeyUsage: uses } = extensions
  return (
    Date.parse(x509.validFrom) <= now.getTime() &&
    now.getTime() <= Date.parse(x509.validTo) &&
    (uses.length === 0 || uses.some((use) => SERVER_AUTHENTICATION.includes(use)))
  )
}

/** False also for a kind of key that OpenSSL does not know. */
function isSigned({ x509 }: Certificate, by: Certificate): boolean {
  try {
    return x509.verify(by.x509.publicKey)
  } catch {
    return false
  }
}

/** All but the signature. */
function mayStandAbove({ x509, extensions }: Certificate, chain: readonly Certificate[]): boolean {
  const { pathLength } = extensions
  return (
    x509.ca &&
    (pathLength === undefined || pathLength >= chain.length - 1) &&
    chain.at(-1)!.x509.checkIssued(x509)
  )
}
