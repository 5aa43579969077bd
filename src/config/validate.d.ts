/** What ajv says of the first thing that is wrong; without values. */
export interface SchemaError {
  /** A JSON pointer. */
  readonly instancePath: string
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
}

/** Checks against the schema in schema.ts; the code beside this file is generated from it. */
declare const validate: { (value: unknown): boolean; errors: readonly SchemaError[] | null }
export default validate
