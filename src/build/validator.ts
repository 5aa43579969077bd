import { Ajv } from 'ajv'
import standalone from 'ajv/dist/standalone/index.js'
import { CONFIG_SCHEMA } from '../config/schema.js'

/** The validator of the configuration as CommonJS, which every loader takes, so that ajv itself is never loaded at run time. */
export function validatorSource(): string {
  // Not verbose: an error then holds no value of the configuration.
  const ajv = new Ajv({
    code: { source: true, esm: false },
    allErrors: false,
    strict: true,
    allowUnionTypes: true,
  })
  const code = standalone.default(ajv, ajv.compile(CONFIG_SCHEMA))
  return `// Generated from src/config/schema.ts by \`npm run generate\`.\n${code}\n`
}
