// The part of the schema that says where tokens are kept. Passwords and tokens of connections have no keys here: they would be
// committed with the file.
import { KV_AUTHS } from '../store-spec.js'

/** No file has a name with NUL in it. */
const path = { type: 'string', pattern: '^[^\\u0000]+$' } as const
/** Words of a path in a store, none of which leads out of it or is empty. */
const WORDS = '(?!\\.{1,2}(?:/|$))[A-Za-z0-9_.{}-]+'
const mount = { type: 'string', pattern: `^${WORDS}(?:/${WORDS})*$` } as const
/** One path for each cluster: the name stands in it once. */
const KV_PATH = `^(?=[^{}]*\\{cluster\\}[^{}]*$)${WORDS}(?:/${WORDS})*$`
/** No user and no password before the host; plain http to this very machine alone. */
const HOST = '(?:\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)'
const LOOPBACK = '(?:localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1\\])'
const URL = `^(?:https://${HOST}|http://${LOOPBACK})(?::[0-9]{1,5})?/?$`

const timeout = {
  type: 'number',
  minimum: 0.1,
  maximum: 600,
  default: 5,
  description: 'Seconds until the store counts as unreachable',
} as const

const tls = {
  ca_cert: { ...path, description: 'PEM file of the CAs to trust, relative to this file' },
  client_cert: { ...path, description: 'PEM file of our own certificate' },
  client_key: { ...path, description: 'PEM file of its key' },
} as const

const kv = {
  type: 'object',
  additionalProperties: false,
  properties: {
    address: {
      type: 'string',
      pattern: URL,
      description: '`https://HOST:PORT`; `BAO_ADDR` or `VAULT_ADDR` if absent',
    },
    mount: { ...mount, default: 'secret', description: 'Where KV version 2 is mounted' },
    path: {
      type: 'string',
      pattern: KV_PATH,
      default: 'k3s/{cluster}',
      description: "Each cluster's secret, below the mount",
    },
    namespace: {
      ...mount,
      description: 'The namespace; `BAO_NAMESPACE` or `VAULT_NAMESPACE` if absent',
    },
    auth: { enum: [...KV_AUTHS], description: 'How to log in; with a token if absent' },
    auth_mount: { ...mount, description: 'Where that is mounted; under its own name if absent' },
    role: {
      type: 'string',
      pattern: '^[A-Za-z0-9_.-]+$',
      description: 'The role to log in as: `kubernetes`, `jwt`, `cert`',
    },
    role_id: {
      type: 'string',
      pattern: '^[A-Za-z0-9_.-]+$',
      description: 'The role id of an AppRole; its secret id comes from the environment',
    },
    token_path: {
      ...path,
      description:
        "The file with what we log in by as `kubernetes` or `jwt`; the pod's own if absent",
    },
    ...tls,
    timeout,
  },
  description: 'KV version 2 of OpenBao, or, as `vault`, of HashiCorp Vault',
} as const

const etcd = {
  type: 'object',
  additionalProperties: false,
  properties: {
    endpoints: {
      type: ['string', 'array'],
      pattern: URL,
      items: { type: 'string', pattern: URL },
      minItems: 1,
      description: '`https://HOST:PORT` of each member; `ETCDCTL_ENDPOINTS` if absent',
    },
    prefix: {
      type: 'string',
      pattern: '^[!-~]+$',
      default: '/k3s_vars/',
      description: "What stands before the clusters' names",
    },
    user: {
      type: 'string',
      pattern: '^[^:\\s]+$',
      description: 'The user; `ETCDCTL_USER` if absent',
    },
    ...tls,
    timeout,
  },
  description: 'An etcd cluster',
} as const

const git = {
  type: 'object',
  additionalProperties: false,
  properties: {
    remote: {
      type: 'string',
      pattern: '^(?!-)(?!.*://[^/@]*:[^/@]*@)[^\\u0000-\\u0020]+$',
      default: 'origin',
      description:
        'The name of a remote of the repository around this file, or a URL without a password',
    },
    ref: {
      type: 'string',
      pattern: '^refs/(?!.*(?:\\.\\.|//|/\\.|\\.lock(?:/|$)|@\\{))[A-Za-z0-9_./-]*[A-Za-z0-9_-]$',
      default: 'refs/k3s_vars/tokens',
      description: 'The ref that has the documents, and nothing else',
    },
    timeout,
  },
  description: 'A ref of its own in a Git repository',
} as const

/** Each kind stands in the validator once. */
export const STORE_DEFINITIONS = { kvStore: kv, etcdStore: etcd, gitStore: git } as const

export const STORE_OPTION = {
  ...path,
  type: ['string', 'object'],
  minProperties: 1,
  maxProperties: 1,
  additionalProperties: false,
  properties: {
    openbao: { $ref: '#/definitions/kvStore' },
    vault: { $ref: '#/definitions/kvStore' },
    etcd: { $ref: '#/definitions/etcdStore' },
    git: { $ref: '#/definitions/gitStore' },
  },
  default: 'k3s_tokens',
  description:
    'The folder of the token documents, relative to this file; or one store that several controllers share (stores.md)',
  examples: [{ openbao: { address: 'https://bao.example.com:8200' } }],
} as const
