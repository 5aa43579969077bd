// A CA that was made here, read again and looked through: what K3s gets from us at a first start stays with the cluster for ever.
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { notWhole, parseAuthority, parseKeys } from '../../authority/text.js'
import type { StoredAuthority } from '../../authority/text.js'
import { hashOfCa, lastMomentOf } from '../../cluster/ca-hash.js'
import type { Program } from '../../cluster/endpoints.js'
import type { ClusterConfig } from '../../config/config.js'
import { StoreError } from '../../errors.js'
import { Secret } from '../../secret.js'
import { requireDocument } from '../emit.js'
import type { Lifecycle } from '../lifecycle.js'
import { openTokens } from '../open.js'

/** A file of the CA, its name relative to `server/tls`. */
export interface CaFile {
  readonly name: string
  readonly text: Secret
}

export interface StoredCa {
  /** For which program it was made. */
  readonly program: Program
  /** Where it is kept. */
  readonly file: string
  readonly created: string
  /** By which the cluster is known: 64 hex digits. */
  readonly hash: string
  /** Until when it has that hash. */
  readonly ends: Date
}

export interface OpenedCa extends StoredCa {
  /** What the first server needs. */
  readonly forServer: readonly CaFile[]
  /** Root and intermediate, with which K3s' own script makes the others anew; no server needs them. */
  readonly kept: readonly CaFile[]
}

/**
 * What is known of a cluster's CA without a password.
 * @throws StoreError `K3SV_STORE_CA` where none was made, or what is kept is not whole
 */
export async function readCa(lifecycle: Lifecycle, cluster: ClusterConfig): Promise<StoredCa> {
  const { file, authority } = await find(lifecycle, cluster)
  return describe(authority, { file, now: lifecycle.now() })
}

/**
 * A cluster's CA with its keys in the open.
 * @throws as {@link readCa}, also where a key is not that of its certificate; VaultError where they do not open
 */
export async function openCa(lifecycle: Lifecycle, cluster: ClusterConfig): Promise<OpenedCa> {
  const { file, authority } = await find(lifecycle, cluster)
  const stored = describe(authority, { file, now: lifecycle.now() })
  const opened = await lifecycle.vault.open(authority.keys, { file })
  const keys = parseKeys(opened.reveal())
  if (keys === undefined || !isPaired(authority, keys)) {
    throw notWhole(file, 'has keys that are not those of its certificates')
  }
  const files = [...Object.entries(authority.certificates), ...Object.entries(keys)].map(
    ([name, text]): CaFile => ({ name, text: new Secret(text) }),
  )
  const isKept = ({ name }: CaFile): boolean => /^(?:root|intermediate)-ca\./.test(name)
  return { ...stored, forServer: files.filter((one) => !isKept(one)), kept: files.filter(isKept) }
}

/**
 * As {@link openCa}, for handing it out: only the CA that the document names, whose binding is looked at.
 * @throws as {@link openCa} and `openTokens`; StoreError `K3SV_STORE_CA` where the document knows another CA, or none yet
 */
export async function openPinnedCa(
  lifecycle: Lifecycle,
  cluster: ClusterConfig,
): Promise<OpenedCa> {
  const document = await requireDocument(lifecycle, cluster)
  await openTokens(lifecycle, { cluster, document })
  const opened = await openCa(lifecycle, cluster)
  if (document.ca.length === 1 && document.ca[0]!.hash === opened.hash) return opened
  throw new StoreError(
    'K3SV_STORE_CA',
    `the token document of cluster ${cluster.name} does not name the CA that is kept beside it`,
    {
      location: { file: opened.file },
      hint:
        document.ca.length === 0
          ? `finish what was begun: k3s-vars ca new ${cluster.name}`
          : 'restore both files from Git or a backup; if the CA was changed since, this one is of no use',
    },
  )
}

interface Found {
  readonly file: string
  readonly authority: StoredAuthority
}

async function find(lifecycle: Lifecycle, cluster: ClusterConfig): Promise<Found> {
  const texts = lifecycle.authoritiesOf(cluster)
  const file = texts.placeOf(cluster.name)
  const text = await texts.read(cluster.name)
  if (text !== null)
    return { file, authority: parseAuthority(text, { cluster: cluster.name, file }) }
  throw new StoreError('K3SV_STORE_CA', `no CA of cluster ${cluster.name} was made here`, {
    location: { file },
    hint: `before its first start, k3s-vars ca new ${cluster.name} makes one`,
  })
}

/** What is handed to a server as `NAME.crt` has to lead to one root, whose hash is the cluster's. */
function describe(
  { certificates, created, program }: StoredAuthority,
  { file, now }: { readonly file: string; readonly now: Date },
): StoredCa {
  const chains = Object.entries(certificates).filter(([name]) => name.endsWith('.crt'))
  const hashes = new Set(chains.map(([, pem]) => hashOfCa(Buffer.from(pem), now)))
  const [hash] = hashes
  const ends = chains.flatMap(([, pem]) => lastMomentOf(Buffer.from(pem), now) ?? [])
  if (chains.length !== CHAINS || hashes.size !== 1 || hash === undefined) {
    throw notWhole(file, 'has certificates that do not lead to one root, or have expired')
  }
  return {
    program,
    file,
    created,
    hash,
    ends: new Date(Math.min(...ends.map((end) => end.getTime()))),
  }
}

/** client, server, request header, and two of etcd. */
const CHAINS = 5

function isPaired(
  { certificates }: StoredAuthority,
  keys: Readonly<Record<string, string>>,
): boolean {
  const wanted = Object.keys(certificates).map((name) => name.replace(/\.(?:crt|pem)$/, '.key'))
  if ([...wanted, 'service.key'].sort().join() !== Object.keys(keys).sort().join()) return false
  return Object.entries(keys).every(([name, pem]) => {
    try {
      const key = createPrivateKey(pem)
      const base = name.replace(/\.key$/, '')
      const certificate = certificates[`${base}.crt`] ?? certificates[`${base}.pem`]
      return certificate === undefined || new X509Certificate(certificate).checkPrivateKey(key)
    } catch {
      return false
    }
  })
}
