import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import standalone from 'ajv/dist/standalone/index.js'
import { CONFIG_SCHEMA } from '../config/schema.js'

const FILE = join(import.meta.dirname, '../config/validate.cjs')

/**
 * Writes the validator where `config/document.ts` imports it, unless this very one lies there. Whatever runs the sources has
 * this done first; the file is no part of the repository.
 */
export function writeValidator(): void {
  const text = validatorSource()
  if (text === readOld()) return
  // Several builds and tests can begin at once, and none of them may read half of it.
  const fresh = `${FILE}.${process.pid}`
  writeFileSync(fresh, text)
  renameSync(fresh, FILE)
}

function readOld(): string | undefined {
  try {
    return readFileSync(FILE, 'utf8')
  } catch {
    return undefined
  }
}

/** The validator of the configuration as CommonJS, which every loader takes, so that ajv itself is never loaded at run time. */
function validatorSource(): string {
  // Not verbose: an error then holds no value of the configuration.
  const ajv = new Ajv({
    code: { source: true, esm: false },
    allErrors: false,
    strict: true,
    allowUnionTypes: true,
    messages: false,
    inlineRefs: false,
  })
  const code = standalone.default(ajv, ajv.compile(withoutNotes(CONFIG_SCHEMA) as object))
  return `// Generated from src/config/schema.ts by \`npm run generate\`.\n${withoutPaths(withoutDefinitions(code))}\n`
}

/** The root's own copy of the definitions, each of which stands in the code once more where it is used. */
function withoutDefinitions(code: string): string {
  return code.replace(
    /(?<=^|;)const schema\d+ = ({"\$schema":.*?});(?=const )/,
    (whole, json: string) => {
      const root = JSON.parse(json) as Record<string, unknown>
      return whole.replace(json, () => JSON.stringify({ ...root, definitions: undefined }))
    },
  )
}

/** Errors say where in the schema their rule stands, which no message repeats: a tenth of the code. */
function withoutPaths(code: string): string {
  return code.replaceAll(/\bschemaPath:"[^"]*",/g, '')
}

/** Keywords that tell people something and check nothing. */
const NOTES = new Set(['description', 'examples', 'default', 'title'])

/** The schema without them: the generated code carries what is left of it to every start. */
function withoutNotes(schema: unknown, isKeywords = true): unknown {
  if (Array.isArray(schema)) return schema
  if (typeof schema !== 'object' || schema === null) return schema
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => !isKeywords || !NOTES.has(key))
      .map(([key, value]) => [key, withoutNotes(value, !isKeywords || key !== 'properties')]),
  )
}
