// Where a cluster's tokens are kept, with every default filled in.
import { dirname, resolve } from 'node:path'
import { USUAL_FOLDER } from '../store-spec.js'
import type { KvAuth, SharedSpec, StoreSpec } from '../store-spec.js'
import { isMapping } from '../yaml/mapping.js'
import type { RawOptions } from './document.js'

const DEFAULT_SECONDS = 5

/**
 * The store of a cluster.
 * @param merged the option with the defaults in it: of two kinds the cluster's own is meant
 * @param own the option as the cluster itself has it
 * @param file `k3s_vars.yml`
 */
export function readStore(merged: unknown, own: unknown, file: string): StoreSpec {
  const base = dirname(file)
  if (!isMapping(merged)) {
    return { kind: 'file', folder: resolve(base, (merged as string | undefined) ?? USUAL_FOLDER) }
  }
  const [kind] = Object.keys(isMapping(own) ? own : merged) as [SharedSpec['kind']]
  const raw = merged[kind] as RawOptions
  const shared = {
    base,
    timeout: ((raw['timeout'] as number | undefined) ?? DEFAULT_SECONDS) * 1000,
  }
  switch (kind) {
    case 'openbao':
    case 'vault':
      return { kind, ...shared, ...readKv(raw, base) }
    case 'etcd': {
      const user = textIn(raw, 'user')
      const endpoints = [(raw['endpoints'] ?? []) as string | readonly string[]].flat()
      const prefix = textIn(raw, 'prefix') ?? '/k3s_vars/'
      return { kind, ...shared, ...readTls(raw, base), endpoints, prefix, ...(user && { user }) }
    }
    case 'git':
      return {
        kind,
        ...shared,
        remote: textIn(raw, 'remote') ?? 'origin',
        ref: textIn(raw, 'ref') ?? 'refs/k3s_vars/tokens',
      }
  }
}

function readKv(raw: RawOptions, base: string) {
  const given = {
    address: textIn(raw, 'address')?.replace(/\/$/, ''),
    namespace: textIn(raw, 'namespace'),
    auth: textIn(raw, 'auth') as KvAuth | undefined,
    authMount: textIn(raw, 'auth_mount'),
    role: textIn(raw, 'role'),
    roleId: textIn(raw, 'role_id'),
  }
  return {
    mount: textIn(raw, 'mount') ?? 'secret',
    path: textIn(raw, 'path') ?? 'k3s/{cluster}',
    ...present(given),
    ...readFiles(raw, base),
  }
}

function readFiles(raw: RawOptions, base: string) {
  const tokenPath = textIn(raw, 'token_path')
  const file = tokenPath === undefined ? {} : { tokenPath: resolve(base, tokenPath) }
  return { ...file, ...readTls(raw, base) }
}

function readTls(raw: RawOptions, base: string) {
  const fileIn = (key: string): string | undefined => {
    const named = textIn(raw, key)
    return named === undefined ? undefined : resolve(base, named)
  }
  const given = {
    caCert: fileIn('ca_cert'),
    clientCert: fileIn('client_cert'),
    clientKey: fileIn('client_key'),
  }
  return present(given)
}

function textIn(raw: RawOptions, key: string): string | undefined {
  return raw[key] as string | undefined
}

type Present<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> }

function present<T extends object>(given: T): Present<T> {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as Present<T>
}
