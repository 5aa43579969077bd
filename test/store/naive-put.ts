// The control of the races: a client that writes without comparing, on each kind. What it breaks, a real one would break, too.
import { renderDocument } from '../../src/document/text.js'
import type { ClusterDocument } from '../../src/document/document.js'
import type { Environment } from '../../src/environment.js'
import { askRemote } from '../../src/files/git-remote.js'
import { EtcdClient } from '../../src/store/etcd/client.js'
import { TXN } from '../../src/store/etcd/messages.js'
import { readSettings } from '../../src/store/etcd/settings.js'
import { Repository } from '../../src/store/git/repository.js'
import { findPlace } from '../../src/store/git/where.js'
import { Client } from '../../src/store/vault-kv/client.js'
import { Session } from '../../src/store/vault-kv/session.js'
import { readConnection, readLogin } from '../../src/store/vault-kv/settings.js'
import { namesOf } from '../../src/store/vault-kv/words.js'
import type { EtcdSpec, GitSpec, KvSpec, SharedSpec } from '../../src/store-spec.js'

/** Puts a document where it belongs, whatever lies there. */
export async function naivePut(
  spec: SharedSpec,
  variables: Environment['variables'],
  document: ClusterDocument,
): Promise<void> {
  const environment = { variables, cwd: '/', home: variables['HOME'] }
  switch (spec.kind) {
    case 'etcd':
      return putInEtcd(spec, environment, document)
    case 'git':
      return pushByForce(spec, environment, document)
    case 'openbao':
    case 'vault':
      return writeWithoutCas(spec, environment, document)
  }
}

async function putInEtcd(
  spec: EtcdSpec,
  environment: Environment,
  document: ClusterDocument,
): Promise<void> {
  const client = new EtcdClient(readSettings(spec, environment), spec)
  const key = Buffer.from(spec.prefix + document.cluster)
  const value = Buffer.from(renderDocument(document))
  await client.ask(TXN, { success: [{ requestPut: { key, value } }] })
}

/** What `bao kv put` does without `-cas`. */
async function writeWithoutCas(
  spec: KvSpec,
  environment: Environment,
  document: ClusterDocument,
): Promise<void> {
  const session = new Session(
    new Client(readConnection(spec, environment)),
    readLogin(spec, environment),
    namesOf(spec),
  )
  const { status } = await session.ask({
    method: 'POST',
    path: `${spec.mount}/data/${spec.path.replace('{cluster}', document.cluster)}`,
    body: () => ({ data: { document: renderDocument(document) } }),
    isRepeatable: true,
  })
  if (status !== 200) throw new Error(`the write ended with ${status}`)
}

async function pushByForce(
  spec: GitSpec,
  environment: Environment,
  document: ClusterDocument,
): Promise<void> {
  const place = findPlace(spec, environment)
  const repository = new Repository(place, environment)
  const [file, text] = [`${document.cluster}.yml`, renderDocument(document)]
  const { commit } = repository.commit({ parent: repository.seen(), file, text, message: 'naive' })
  const push = ['push', '--force', '--quiet', place.remote, `${commit}:${spec.ref}`]
  for (let tries = 0; tries < 20; tries++) {
    const args = [...place.inRepository, ...push]
    const { status } = await askRemote({ folder: spec.base, args, environment, patience: 10_000 })
    if (status === 0) return
  }
  throw new Error('the remote takes not even a push by force')
}
