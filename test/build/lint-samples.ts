// Run by lint-imports.test.ts as a process of its own, because jest cannot load an ES module that ESLint imports. Standard
// input: [file, text] pairs as JSON; standard output: what the rule for imports says of each, and of the tree as it is.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'

const RULE = 'k3s_vars/imports'
const ROOT = join(import.meta.dirname, '../..')

const eslint = new ESLint({
  cwd: ROOT,
  // Nothing here needs types, and reading them takes a minute.
  overrideConfig: [tseslint.configs.disableTypeChecked],
  ruleFilter: ({ ruleId }) => ruleId === RULE,
})

const samples = JSON.parse(readFileSync(0, 'utf8')) as readonly (readonly [string, string])[]
const ofSamples = []
for (const [file, text] of samples) {
  const [result] = await eslint.lintText(text, { filePath: join(ROOT, file) })
  ofSamples.push(messagesOf(result))
}
const tree = await eslint.lintFiles(['src'])
process.stdout.write(
  JSON.stringify({
    samples: ofSamples,
    files: tree.length,
    tree: tree.flatMap((result) => messagesOf(result)),
  }),
)

/** Those of the rule, and of a text that cannot be parsed, which has no rule. */
function messagesOf(result: ESLint.LintResult | undefined): readonly string[] {
  return (result?.messages ?? [])
    .filter(({ ruleId }) => ruleId === RULE || ruleId === null)
    .map(({ message }) => message)
}
