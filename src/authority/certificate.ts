// Makes certificates of certificate authorities: X.509 version 3, keys on P-256, signed with SHA-256 (RFC 5280, RFC 5480).
// Node has no writer of them; the library that is kept best (@peculiar/x509) comes with twenty packages and would make
// the command line half as large again, for one kind of certificate.
import { createHash, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { der } from './der.js'

const OID = {
  commonName: '2.5.4.3',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
} as const

/** digitalSignature, keyCertSign, cRLSign; the others make no sense for a key on a curve (RFC 5480, 3). */
const KEY_USAGE = Buffer.of(0b1000_0110)
const KEY_USAGE_UNUSED = 1

/** A name and a key on P-256. */
export interface Holder {
  readonly commonName: string
  readonly publicKey: KeyObject
}

export interface Signer extends Holder {
  readonly privateKey: KeyObject
}

export interface CertificateRequest {
  readonly subject: Holder
  /** The subject itself for a root. */
  readonly issuer: Signer
  readonly validFrom: Date
  readonly validTo: Date
  /** 1 to 20 bytes at random, not all zero. */
  readonly serial: Buffer
}

/** The certificate of a certificate authority, in PEM, ending in a newline. */
export function makeCertificate(request: CertificateRequest): string {
  const { subject, issuer, validFrom, validTo, serial } = request
  const algorithm = der.sequence(der.identifier(OID.ecdsaWithSha256))
  const version3 = der.tagged(0, der.integer(Buffer.of(2)))
  const content = der.sequence(
    version3,
    der.integer(serial),
    algorithm,
    nameOf(issuer),
    der.sequence(der.time(validFrom), der.time(validTo)),
    nameOf(subject),
    publicKeyOf(subject),
    der.tagged(3, der.sequence(...extensionsOf(request))),
  )
  const signature = sign('sha256', content, issuer.privateKey)
  return pemOf(der.sequence(content, algorithm, der.bits(signature)))
}

function extensionsOf({ subject, issuer }: CertificateRequest): readonly Buffer[] {
  const isAuthority = der.sequence(der.yes())
  return [
    extension(OID.basicConstraints, isAuthority, 'critical'),
    extension(OID.keyUsage, der.bits(KEY_USAGE, KEY_USAGE_UNUSED), 'critical'),
    extension(OID.subjectKeyIdentifier, der.octets(keyIdentifier(subject))),
    extension(OID.authorityKeyIdentifier, der.sequence(der.implicit(0, keyIdentifier(issuer)))),
  ]
}

function extension(identifier: string, value: Buffer, weight?: 'critical'): Buffer {
  const critical = weight === 'critical' ? [der.yes()] : []
  return der.sequence(der.identifier(identifier), ...critical, der.octets(value))
}

function nameOf({ commonName }: Holder): Buffer {
  const attribute = der.sequence(der.identifier(OID.commonName), der.text(commonName))
  return der.sequence(der.set(attribute))
}

function publicKeyOf({ publicKey }: Holder): Buffer {
  return publicKey.export({ type: 'spki', format: 'der' })
}

/** A point on P-256 is the end of what it is exported as: 0x04 and two numbers of 32 bytes. */
const POINT_BYTES = 65

/** SHA-1 of the key alone (RFC 5280, 4.2.1.2); it names the key and protects nothing. */
function keyIdentifier(holder: Holder): Buffer {
  return createHash('sha1').update(publicKeyOf(holder).subarray(-POINT_BYTES)).digest()
}

function pemOf(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}
