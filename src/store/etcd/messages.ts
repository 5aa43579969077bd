// The calls of etcd's gRPC API that are needed here, with the fields of their messages that are. Names and numbers are those of etcd's
// rpc.proto and kv.proto, which never change them; whatever else a server sends is passed over.
import { create, createFileRegistry, fromBinary, fromJson, toBinary } from '@bufbuild/protobuf'
import type { DescMessage, JsonObject } from '@bufbuild/protobuf'
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt'

const PACKAGE = 'etcdserverpb'

type Fields = Record<string, readonly [number: number, type: string]>

/** Field → number and type; `[]`: any number of them. What is no scalar is a message of this table. */
const MESSAGES = {
  ResponseHeader: { revision: [3, 'INT64'] },
  KeyValue: {
    key: [1, 'BYTES'],
    mod_revision: [3, 'INT64'],
    value: [5, 'BYTES'],
    lease: [6, 'INT64'],
  },
  RangeRequest: {
    key: [1, 'BYTES'],
    range_end: [2, 'BYTES'],
    limit: [3, 'INT64'],
    revision: [4, 'INT64'],
    keys_only: [8, 'BOOL'],
  },
  RangeResponse: { header: [1, 'ResponseHeader'], kvs: [2, 'KeyValue[]'], more: [3, 'BOOL'] },
  PutRequest: { key: [1, 'BYTES'], value: [2, 'BYTES'] },
  Compare: {
    result: [1, 'INT32'],
    target: [2, 'INT32'],
    key: [3, 'BYTES'],
    create_revision: [5, 'INT64'],
    mod_revision: [6, 'INT64'],
  },
  RequestOp: { request_range: [1, 'RangeRequest'], request_put: [2, 'PutRequest'] },
  ResponseOp: { response_range: [1, 'RangeResponse'] },
  TxnRequest: {
    compare: [1, 'Compare[]'],
    success: [2, 'RequestOp[]'],
    failure: [3, 'RequestOp[]'],
  },
  TxnResponse: {
    header: [1, 'ResponseHeader'],
    succeeded: [2, 'BOOL'],
    responses: [3, 'ResponseOp[]'],
  },
  AuthenticateRequest: { name: [1, 'STRING'], password: [2, 'STRING'] },
  AuthenticateResponse: { token: [2, 'STRING'] },
  StatusRequest: {},
  StatusResponse: { version: [2, 'STRING'] },
} as const satisfies Record<string, Fields>

type Messages = typeof MESSAGES
type MessageName = keyof Messages
type Camel<Name> = Name extends `${infer Head}_${infer Rest}` ? `${Head}${Capitalize<Rest>}` : Name
interface Scalars {
  INT32: number
  INT64: bigint
  BOOL: boolean
  BYTES: Uint8Array
  STRING: string
}
type ValueOf<Type> = Type extends `${infer One}[]`
  ? readonly ValueOf<One>[]
  : Type extends keyof Scalars
    ? Scalars[Type]
    : Type extends MessageName
      ? Message<Type>
      : never

/** A message as an object; a field that is not set has its type's zero. */
export type Message<Name extends MessageName> = {
  readonly [
    Field in keyof Messages[Name] as Camel<Field>
  ]?: Messages[Name][Field] extends readonly [number, infer Type] ? ValueOf<Type> : never
}

/** Compares whether two are equal, of the two things that are compared here. */
export const EQUAL = 0
export const CREATE_REVISION = 1
export const MOD_REVISION = 2

const registry = createFileRegistry(
  fromJson(FileDescriptorProtoSchema, {
    name: 'etcd.proto',
    package: PACKAGE,
    // Unlike proto3 it writes a zero that was set.
    syntax: 'proto2',
    messageType: Object.entries(MESSAGES).map(([name, fields]) => ({
      name,
      field: Object.entries(fields as Fields).map(([field, [number, type]]) =>
        describe(field, number, type),
      ),
    })),
  }),
  () => undefined,
)

function describe(name: string, number: number, type: string): JsonObject {
  const one = type.replace('[]', '')
  return {
    name,
    number,
    label: one === type ? 'LABEL_OPTIONAL' : 'LABEL_REPEATED',
    ...(one in MESSAGES
      ? { type: 'TYPE_MESSAGE', typeName: `.${PACKAGE}.${one}` }
      : { type: `TYPE_${one}` }),
  }
}

/** A call: where it is made, and what goes there and comes back. */
export interface Call<Request, Response> {
  readonly path: string
  readonly write: (request: Request) => Buffer
  readonly read: (bytes: Uint8Array) => Response
}

function call<Request extends MessageName, Response extends MessageName>(
  path: string,
  request: Request,
  response: Response,
): Call<Message<Request>, Message<Response>> {
  const [asked, answered] = [schemaOf(request), schemaOf(response)]
  return {
    path: `/${PACKAGE}.${path}`,
    write: (message) =>
      Buffer.from(toBinary(asked, create(asked, message as Record<string, unknown>))),
    read: (bytes) => fromBinary(answered, bytes) as unknown as Message<Response>,
  }
}

function schemaOf(name: MessageName): DescMessage {
  return registry.getMessage(`${PACKAGE}.${name}`)!
}

export const RANGE = call('KV/Range', 'RangeRequest', 'RangeResponse')
export const TXN = call('KV/Txn', 'TxnRequest', 'TxnResponse')
export const AUTHENTICATE = call('Auth/Authenticate', 'AuthenticateRequest', 'AuthenticateResponse')
export const STATUS = call('Maintenance/Status', 'StatusRequest', 'StatusResponse')
