// `npm run generate` writes what derives from a table in the code; with `--check` it only tells what differs, and fails.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { CONFIG_SCHEMA } from '../config/schema.js'
import { ANSWERS } from './answers/answers.js'
import { answersTable } from './answers/table.js'
import { changelogFiles } from './changelog.js'
import { compatibilityTable } from './compatibility.js'
import type { Compatibility } from './compatibility.js'
import { k3sTable } from './k3s-scenarios.js'
import type { K3sRecord } from './k3s-scenarios.js'
import { optionsTable } from './options-table.js'
import { pictures } from './pictures.js'
import {
  destinationsTable,
  errorsTable,
  errorsTableZh,
  mintingTable,
  rolesTable,
  scanFormsTable,
  scanRulesTable,
  tokenRulesTable,
} from './tables.js'

const ROOT = join(import.meta.dirname, '../..')

/** Which page of docs/ has which generated sections. */
const PAGES: Readonly<Record<string, Readonly<Record<string, () => string>>>> = {
  'options.md': { options: optionsTable },
  'errors.md': { errors: errorsTable },
  'json.md': { answers: answersTable },
  'zh/errors.md': { 'errors-zh': errorsTableZh },
  'minting.md': { minting: mintingTable },
  'scan.md': { 'scan-rules': scanRulesTable, 'scan-forms': scanFormsTable },
  'adopt.md': { 'token-rules': tokenRulesTable },
  'zh/adopt.md': { 'token-rules': tokenRulesTable },
  'roles.md': { roles: rolesTable, destinations: destinationsTable },
  'real-k3s.md': { k3s: () => k3sTable(k3sRecord) },
  'ansible-versions.md': { compatibility: () => compatibilityTable(compatibility) },
}
const GALAXY = join(ROOT, 'galaxy.yml')
const isCheck = process.argv.includes('--check')

const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  version: string
}

const compatibility = JSON.parse(
  readFileSync(join(ROOT, 'test/compatibility.json'), 'utf8'),
) as Compatibility

const k3sRecord = JSON.parse(readFileSync(join(ROOT, 'test/k3s/record.json'), 'utf8')) as K3sRecord

const files: readonly (readonly [string, string])[] = [
  [join(ROOT, 'src/config/k3s_vars.schema.json'), `${JSON.stringify(CONFIG_SCHEMA, null, 2)}\n`],
  [GALAXY, readFileSync(GALAXY, 'utf8').replace(/^version: .*$/m, `version: ${version}`)],
  ...Object.entries(PAGES).map(([name, sections]): readonly [string, string] => {
    const page = join(ROOT, 'docs', name)
    return [page, fill(page, sections)]
  }),
  ...[...ANSWERS].map(([name, schema]): readonly [string, string] => [
    join(ROOT, 'docs/schemas', `${name}.json`),
    `${JSON.stringify(schema, null, 2)}\n`,
  ]),
  ...[...pictures()].map(([name, text]): readonly [string, string] => [
    join(ROOT, 'docs/pictures', name),
    text,
  ]),
  ...[...changelogFiles(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8'))].map(
    ([name, text]): readonly [string, string] => [join(ROOT, name), text],
  ),
]

for (const [file, raw] of files) {
  // Prettier knows no SVG.
  const text = file.endsWith('.svg')
    ? raw
    : await format(raw, { ...(await resolveConfig(file)), filepath: file })
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue
  if (isCheck) {
    console.error(
      `${relative(ROOT, file)} differs from what it derives from: run \`npm run generate\``,
    )
    process.exitCode = 1
  } else {
    writeFileSync(file, text)
    console.log(`wrote ${relative(ROOT, file)}`)
  }
}

/** A page's text with what stands between `<!-- generated:NAME -->` and `<!-- /generated:NAME -->` made anew. */
function fill(page: string, sections: Readonly<Record<string, () => string>>): string {
  return Object.entries(sections).reduce(
    (filled, [name, body]) => {
      const pattern = new RegExp(
        `(<!-- generated:${name} -->\\n)[^]*?(<!-- /generated:${name} -->)`,
      )
      if (!pattern.test(filled)) throw new Error(`${relative(ROOT, page)} has no section ${name}`)
      return filled.replace(
        pattern,
        (_, head: string, tail: string) => `${head}\n${body()}\n\n${tail}`,
      )
    },
    readFileSync(page, 'utf8'),
  )
}
