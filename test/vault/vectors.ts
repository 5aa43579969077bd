// The vectors of test/vectors/ansible-vault.json, with the two large texts unpacked.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Secret } from '../../src/secret.js'

interface Entry {
  readonly name: string
  readonly password?: string
  readonly password_base64?: string
  readonly vault_id?: string | null
  readonly plaintext_base64?: string
  readonly plaintext_generator?: { readonly message: string; readonly bytes: number }
  readonly vaulttext?: string
  readonly vaulttext_gzip_base64?: string
  readonly plaintext_sha256?: string
  readonly vaulttext_sha256?: string
  readonly salt_hex?: string
  readonly class?: string
}

interface File {
  readonly vectors: readonly Entry[]
  readonly variations: readonly Entry[]
  readonly corrupted: readonly Entry[]
}

export const VECTORS = JSON.parse(
  readFileSync(join(__dirname, '../vectors/ansible-vault.json'), 'utf8'),
) as File

export function passwordOf(entry: Entry): Secret<Buffer> {
  return new Secret(
    entry.password_base64 === undefined
      ? Buffer.from(entry.password!)
      : Buffer.from(entry.password_base64, 'base64'),
  )
}

export function sealedOf(entry: Entry): string {
  return (
    entry.vaulttext ??
    gunzipSync(Buffer.from(entry.vaulttext_gzip_base64!, 'base64')).toString('latin1')
  )
}

export function plaintextOf(entry: Entry): Buffer {
  if (entry.plaintext_base64 !== undefined) return Buffer.from(entry.plaintext_base64, 'base64')
  const { message, bytes } = entry.plaintext_generator!
  return createHash('shake256', { outputLength: bytes }).update(message).digest()
}
