// Every answer in JSON that a test gets from the program is held to the schema that it names.
import { Ajv } from 'ajv'
import { ANSWERS } from '../../src/build/answers/answers.js'
import type { Outcome } from './project.js'

const ajv = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true })
for (const schema of ANSWERS.values()) ajv.addSchema(closed(schema))

/** A schema for which a field that it does not name is wrong: those who publish it are to name all. */
function closed<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map(closed) as T
  if (typeof schema !== 'object' || schema === null) return schema
  const inner = Object.fromEntries(
    Object.entries(schema).map(([name, part]) => [name, closed(part)]),
  )
  return (
    'properties' in inner && 'type' in inner ? { ...inner, additionalProperties: false } : inner
  ) as T
}

/** The forms of all answers that were looked at so far. */
export const seenAnswers = new Set<string>()

/** What others define, or what nothing defines. */
const FOREIGN = /^(?:extra-vars|completion)$|^--(?:sarif|list|host)/

/**
 * Hands on what a call came to.
 * @throws Error where an answer with `--json` is none of the published ones
 */
export function held(args: readonly string[], outcome: Outcome): Outcome {
  if (!args.includes('--json') || args.some((word) => FOREIGN.test(word))) return outcome
  const told = outcome.stderr.split('\n').filter((line) => line.startsWith('{"schema"'))
  for (const text of [outcome.stdout, ...told]) {
    const document = parse(text)
    if (document !== undefined) hold(document)
  }
  return outcome
}

/** @throws Error with what is wrong; no value of the document is in it */
export function hold(document: unknown): void {
  const { schema } = document as { readonly schema?: string }
  const validate = ajv.getSchema(schema ?? '')
  if (validate === undefined) throw new Error(`${schema ?? 'an answer'} has no published schema`)
  seenAnswers.add(schema!)
  if (validate(document) === true) return
  const wrong = (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  )
  throw new Error(`not as ${schema} says: ${wrong.join('; ')}`)
}

/** Cut short, or help: nothing that a schema is about. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
