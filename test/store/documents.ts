// Documents to write into stores. Nothing in here is slow to load: processes that race start with it.
import type { ClusterDocument, StoredSecret } from '../../src/document/document.js'
import { firstDocument } from '../../src/document/transitions.js'
import type { NewTokens } from '../../src/document/transitions.js'
import { Secret } from '../../src/secret.js'

export const NOW = new Date('2026-11-24T10:00:00.789Z')
export const LATER = new Date('2026-12-01T08:30:00Z')

/** 32 hex digits that say which write is meant. */
export function writeId(number: number): string {
  return number.toString(16).padStart(32, '0')
}

export function sealed(body: string): StoredSecret {
  return { form: 'sealed', text: vaultText(body) }
}

export function vaultText(body: string): string {
  return `$ANSIBLE_VAULT;1.1;AES256\n3132\n${Buffer.from(body).toString('hex')}\n`
}

export function plain(text: string): StoredSecret {
  return { form: 'plain', secret: new Secret(text) }
}

export function tokens(name: string): NewTokens {
  return {
    origin: 'minted',
    fingerprint: '0123456789ab',
    server: sealed(`${name}-server`),
    agent: sealed(`${name}-agent`),
  }
}

export function plainTokens(name: string): NewTokens {
  return { origin: 'imported', fingerprint: null, guessable: 'weak', server: plain(name) }
}

export function first(cluster = 'prod', number = 1, holding = tokens('first')): ClusterDocument {
  return firstDocument(cluster, holding, { writeId: writeId(number), now: NOW })
}
