// The single declaration of every option: validation, the table in docs and completion in editors derive from it.
import { ENCODINGS } from '../role/profile.js'
import { ROLE_PROFILES } from '../role/profiles.js'
import { STORE_DEFINITIONS, STORE_OPTION } from './store-schema.js'

/**
 * `all` and `ungrouped` are groups of Ansible's own, and of several clusters each has a group of its name. Digits alone are a
 * number: YAML takes 010 for 8, Ansible warns of such a group, and the order of the file would be lost.
 */
const CLUSTER_NAME = '^(?!(?:all|ungrouped|[0-9]+)$)[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?$'

/** Unlike `minLength`, a pattern needs no run-time helper of ajv. */
const NOT_EMPTY = '.'
const text = { type: 'string', pattern: NOT_EMPTY } as const
/** Ansible has two groups of its own, and its JSON one key beside the groups. */
const groupName = { type: 'string', pattern: '^(?!(?:_meta|all|ungrouped)$).' } as const

/** A host name or address; IPv6 with a port, or in a URL, stands in brackets. */
const ENDPOINT =
  '^(?:(?:https://)?(?:\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)(?::[0-9]{1,5})?/?|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)$'

const variables = { type: 'object', description: 'Variables, as in any inventory' } as const

const hostList = (side: string) =>
  ({
    description: `The ${side}: a list of host names and range patterns, a port behind them if need be (n1:2222), or a mapping from them to host variables`,
    type: ['array', 'object'],
    items: text,
    additionalProperties: { type: ['object', 'null'] },
    examples: [['10.0.0.[11:13]']],
  }) as const

const groupNames = (description: string) =>
  ({
    type: 'object',
    additionalProperties: false,
    properties: {
      cluster: { ...groupName, description: 'Group of all hosts' },
      server: { ...groupName, description: 'Group of the servers' },
      agent: { ...groupName, description: 'Group of the agents' },
    },
    description,
  }) as const

/** A variable, or one key of a dictionary: `my_config.token`. */
const VARIABLE_NAME = '^[A-Za-z_]\\w*(?:\\.[^.\\s]+)?$'

const tokenVariables = {
  type: 'object',
  propertyNames: { pattern: VARIABLE_NAME },
  additionalProperties: { enum: ['server', 'agent'] },
  description:
    'Variables, or keys as `dictionary.key`, and the token that each is to have: `server` or `agent`',
} as const

const custom = {
  type: 'object',
  additionalProperties: false,
  properties: {
    groups: groupNames("The groups of the role's playbooks; those of k3s-io if absent"),
    variables: {
      type: 'object',
      additionalProperties: false,
      properties: {
        cluster: { $ref: '#/definitions/tokenVariables' },
        server: { $ref: '#/definitions/tokenVariables' },
        agent: { $ref: '#/definitions/tokenVariables' },
      },
      description: 'What the role reads the tokens from',
    },
    files: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['side', 'file', 'encoding'],
        properties: {
          side: { enum: ['server', 'agent'] },
          file: text,
          encoding: { enum: [...ENCODINGS] },
          kind: { enum: ['server', 'agent'] },
        },
      },
      description:
        'Where the role writes the tokens and how, so that those that would break there are refused; if absent, `check` warns of what breaks anywhere',
    },
  },
  description: 'The role of your own, with `role: custom`',
} as const

const options = {
  role: {
    enum: [...Object.keys(ROLE_PROFILES), 'custom'],
    default: 'k3s-io',
    description: 'The role that reads the variables; it decides names, groups and safe characters',
  },
  custom,
  groups: groupNames("Group names in place of the role's own"),
  vars: { ...variables, description: "Variables of the cluster's group" },
  agent_token: {
    type: 'boolean',
    default: false,
    description: 'Whether agents join with a token of their own',
  },
  vault_id: {
    type: 'string',
    pattern: '^[^;@\\s]+$',
    description:
      'The vault id that seals the tokens; what `ansible-vault encrypt` would choose if absent',
    examples: ['prod'],
  },
  emit: {
    enum: ['plain', 'vaulted'],
    default: 'plain',
    description: 'Whether the token is opened here, or handed out sealed for Ansible to open',
  },
  form: {
    enum: ['short', 'secure'],
    default: 'short',
    description:
      'Whether the token is handed out alone, or with the hash of the CA in front of it (`K10<hash>::server:…`), so that a node that joins sends it to no other cluster; `secure` needs a CA that is known: `k3s-vars verify --pin`, or `k3s-vars ca new` before the first start',
  },
  level: {
    enum: ['group', 'host'],
    description:
      "Whether tokens are group or host variables; host variables win over `group_vars/all`. `group` if absent, or `host` where the role's own `group_vars/all` sets the token and the hosts are listed here",
  },
  mint: {
    enum: ['outside-ci', 'first-use', 'never'],
    default: 'outside-ci',
    description:
      'Whether the inventory source and the plugins make the token when there never was one; `outside-ci` does, but not where `CI` is set, since what a job makes in a folder is lost with it',
  },
  probe: {
    type: 'boolean',
    default: true,
    description: 'Whether minting first asks the servers if K3s or RKE2 answers there already',
  },
  endpoint: {
    type: ['string', 'array'],
    pattern: ENDPOINT,
    items: { type: 'string', pattern: ENDPOINT },
    description:
      'Where servers are asked besides the hosts: a load balancer or registration address, as `HOST`, `HOST:PORT` or `https://HOST:PORT`; the port of K3s (6443) or RKE2 (9345) if absent',
    examples: ['https://k3s.example.com:6443'],
  },
  encrypt: {
    enum: ['always', 'never'],
    default: 'always',
    description:
      'Whether the store holds tokens sealed; `never` keeps them in plain text, mode 0600, out of Git',
  },
  token: {
    type: 'object',
    additionalProperties: false,
    properties: {
      length: {
        type: 'integer',
        minimum: 16,
        maximum: 256,
        default: 43,
        description: 'Characters of a new token; 43 alphanumeric ones have 256 bits',
      },
      alphabet: {
        enum: ['alphanumeric', 'hex', 'url-safe', 'complex'],
        default: 'alphanumeric',
        description: 'Characters of a new token; `complex` has lower, upper, digit and symbol',
      },
    },
    description: 'How new tokens are made',
  },
  store: STORE_OPTION,
} as const

const hosts = {
  type: 'object',
  additionalProperties: false,
  properties: { server: hostList('servers'), agent: hostList('agents') },
  description: "The cluster's hosts; if absent they come from another inventory source",
} as const

type References<Names extends string> = Readonly<Record<Names, { readonly $ref: string }>>

/** Every option is referred to, so that the validator has its code once, and compiles it only where the option is set. */
function referTo<Names extends string>(named: Readonly<Record<Names, object>>): References<Names> {
  const references = Object.keys(named).map((name) => [name, { $ref: `#/definitions/${name}` }])
  return Object.fromEntries(references) as References<Names>
}

const clusters = {
  type: 'object',
  minProperties: 1,
  propertyNames: { pattern: CLUSTER_NAME },
  additionalProperties: {
    type: ['object', 'null'],
    additionalProperties: false,
    properties: referTo({ ...options, hosts }),
  },
  description: 'The clusters by name: lower-case letters, digits, dashes, underscores',
} as const

/** JSON Schema of `k3s_vars.yml`. */
export const CONFIG_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'k3s_vars.schema.json',
  title: 'k3s_vars.yml',
  definitions: { ...options, hosts, tokenVariables, ...STORE_DEFINITIONS },
  type: 'object',
  additionalProperties: false,
  properties: {
    clusters,
    defaults: {
      type: 'object',
      additionalProperties: false,
      properties: referTo(options),
      description: 'Options for every cluster; mappings are merged, everything else is replaced',
    },
    include: {
      type: ['string', 'array'],
      pattern: NOT_EMPTY,
      items: text,
      description:
        'Files with more `clusters`, relative to this file; `*` and `?` stand for parts of a name',
      examples: ['clusters.d/*.yml'],
    },
  },
} as const

/** The names of the options that a cluster can have. */
export type OptionName = keyof typeof options | 'hosts'
