// Every regular expression of src/, read from the sources by TypeScript's own parser, so that none can be left out.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

export interface SourcePattern {
  /** Below src/, with the line. */
  readonly place: string
  readonly pattern: RegExp
}

export interface PatternList {
  readonly literals: readonly SourcePattern[]
  /** Files in which a pattern is made when the program runs, with how often. */
  readonly made: Readonly<Record<string, number>>
}

/** @param root absolute path of the folder of sources */
export function listPatterns(root: string): PatternList {
  const literals: SourcePattern[] = []
  const made: Record<string, number> = {}
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  for (const file of files.filter(isSource).sort()) {
    const text = readFileSync(join(root, file), 'utf8')
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart())
        literals.push({ place: `${file}:${line + 1}`, pattern: toPattern(node.text) })
      }
      const isCall = ts.isNewExpression(node) || ts.isCallExpression(node)
      if (isCall && /(?:^|\.)RegExp$/.test(node.expression.getText())) {
        made[file] = (made[file] ?? 0) + 1
      }
      ts.forEachChild(node, visit)
    }
    visit(source)
  }
  return { literals, made }
}

/** What builds the program reads our own files alone. */
function isSource(file: string): boolean {
  return /\.[cm]?[jt]s$/.test(file) && !file.startsWith('build/') && file !== 'config/validate.cjs'
}

function toPattern(literal: string): RegExp {
  const end = literal.lastIndexOf('/')
  return new RegExp(literal.slice(1, end), literal.slice(end + 1))
}
