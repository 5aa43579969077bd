// The published form of what the program answers with --json. Begin here: a schema for each answer, by its name; the commands carry
// the names alone (src/cli/schema-id.ts), and every test that reads such an answer is held to it (test/support/answers.ts).
import { schemaId } from '../../cli/schema-id.js'
import { CLUSTER_ANSWERS } from './cluster-answers.js'
import type { Schema } from './parts.js'
import { PROJECT_ANSWERS } from './project-answers.js'
import { TOKEN_ANSWERS } from './token-answers.js'
import { VAULT_ANSWERS } from './vault-answers.js'

const BY_NAME = { ...PROJECT_ANSWERS, ...CLUSTER_ANSWERS, ...TOKEN_ANSWERS, ...VAULT_ANSWERS }

/** Name → JSON Schema, each with the field `schema` that says which one it is. */
export const ANSWERS: ReadonlyMap<string, Schema> = new Map(
  Object.entries(BY_NAME).map(([name, body]) => [name, published(name, body)]),
)

function published(name: string, body: Schema): Schema {
  const { required, properties, ...rest } = body as {
    readonly required: readonly string[]
    readonly properties: Readonly<Record<string, Schema>>
  }
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: schemaId(name),
    title: `k3s-vars: ${name}`,
    ...rest,
    required: ['schema', ...required],
    properties: { schema: { const: schemaId(name) }, ...properties },
  }
}
