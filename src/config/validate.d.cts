/** Checks against the schema in schema.ts; the code beside this file is made from it by src/build/validator.ts. */
declare const validate: {
  (value: unknown): boolean
  /** What ajv says of the first thing that is wrong; without values. */
  errors:
    | readonly {
        /** A JSON pointer. */
        readonly instancePath: string
        readonly keyword: string
        readonly params: Readonly<Record<string, unknown>>
      }[]
    | null
}
export = validate
