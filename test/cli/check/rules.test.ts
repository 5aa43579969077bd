// Whoever sees a rule finds it in the page.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'

const ROOT = join(__dirname, '../../..')
const CHECK = join(ROOT, 'src/cli/check')

test('docs/check.md names every rule of ours', () => {
  const page = readFileSync(join(ROOT, 'docs/check.md'), 'utf8')
  const source = readdirSync(CHECK).map((name) => readFileSync(join(CHECK, name), 'utf8'))
  const rules = new Set(
    source.flatMap((text) =>
      [...text.matchAll(/\brule: [^,\n]*/g)].flatMap(([line]) =>
        [...line.matchAll(/'([a-z]+(?:-[a-z]+)*)'/g)].map(([, rule]) => rule!),
      ),
    ),
  )
  expect(rules.size).toBeGreaterThan(25)
  expect([...rules].filter((rule) => !page.includes(`\`${rule}\``))).toEqual([])
})
