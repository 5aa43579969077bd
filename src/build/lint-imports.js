// The lint rule that holds the layers of src/: each import is resolved to the file that it names, however it is written, and
// the rows of both files are compared. A plain list of forbidden patterns cannot: `import()`, types and `../../src/…` slip by.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath, pathToFileURL, URL } from 'node:url'
import ts from 'typescript'

/**
 * @typedef {Readonly<Record<string, readonly string[]>>} Layers Row → the rows that it may import, besides itself. A row is
 * a folder of src/, or a file directly in src/ by its name without the ending.
 */

/**
 * The rule, which reports each import that points up, out of src/ or around in a circle, and each package that is not
 * imported by its one file.
 * @param {{ root: string, layers: Layers, packages: Readonly<Record<string, string>> }} tables `packages`: name → the one
 *   file that imports it, relative to `root`
 * @throws {Error} where the rows themselves go around in a circle, or name a row that is not there
 */
export function layeredImports({ root, layers, packages }) {
  assertOneWay(layers)
  const source = join(root, 'src')
  const findCircle = circleFinder(source)

  /** What is wrong with an import of `file`; undefined: nothing. */
  function judge(file, specifier) {
    if (specifier === undefined)
      return 'an import names its file in one plain string, to be checked'
    if (specifier.startsWith('node:')) return undefined
    const target = resolve(file, specifier)
    if (target === undefined) return judgePackage(file, specifier)
    const [own, other] = [rowOf(source, file), rowOf(source, target)]
    if (other === undefined) return 'src/ imports nothing from outside of src/'
    if (own !== other && !layers[own]?.includes(other)) {
      return `src/${own} may not import src/${other}; see LAYERS in eslint.config.js`
    }
    const circle = findCircle(file, target)
    return circle && `imports go around in a circle: ${circle.join(' → ')}`
  }

  function judgePackage(file, specifier) {
    const [name] = /^(?:@[^/]+\/)?[^/]+/.exec(specifier) ?? [specifier]
    const importer = Object.hasOwn(packages, name) ? packages[name] : undefined
    if (importer === undefined) {
      return `no file of src/ may import '${name}'; see PACKAGES in eslint.config.js, and write node: before Node's own`
    }
    return join(root, importer) === file ? undefined : `'${name}' is imported by ${importer} alone`
  }

  return {
    meta: { type: 'problem', schema: [] },
    create(context) {
      const row = rowOf(source, context.filename)
      return {
        Program(node) {
          if (Object.hasOwn(layers, row)) return
          context.report({ node, message: `src/${row} has no row in LAYERS of eslint.config.js` })
        },
        [CREATE_REQUIRE](node) {
          if (row === 'build') return
          context.report({ node, message: 'what createRequire() loads cannot be checked' })
        },
        ...onImports((node, specifier) => {
          const message = judge(context.filename, textOf(specifier))
          if (message) context.report({ node, message })
        }),
      }
    },
  }
}

const CREATE_REQUIRE =
  'CallExpression:matches([callee.name="createRequire"], [callee.property.name="createRequire"])'
const REQUIRE =
  'CallExpression:matches([callee.name="require"], [callee.property.type="Identifier"][callee.property.name="require"])'

/** All ways to write an import; `check` gets the node and its part that names the file. */
function onImports(check) {
  return {
    'ImportDeclaration, ExportAllDeclaration, ExportNamedDeclaration[source], ImportExpression': (
      node,
    ) => check(node, node.source),
    TSImportType: (node) => check(node, node.source),
    TSExternalModuleReference: (node) => check(node, node.expression),
    'TSModuleDeclaration[id.type="Literal"]': (node) => check(node, node.id),
    [REQUIRE]: (node) => check(node, node.arguments[0]),
  }
}

/** @throws {Error} */
function assertOneWay(layers) {
  const visit = (row, path) => {
    if (path.includes(row))
      throw new Error(`LAYERS go around in a circle: ${[...path, row].join(' → ')}`)
    if (!Object.hasOwn(layers, row)) throw new Error(`LAYERS name '${row}', which has no row`)
    for (const other of layers[row]) visit(other, [...path, row])
  }
  for (const row of Object.keys(layers)) visit(row, [])
}

/** The text of a node that is one plain string. */
function textOf(node) {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node?.type === 'TSLiteralType') return textOf(node.literal)
  if (node?.type === 'TemplateLiteral' && node.quasis.length === 1)
    return node.quasis[0].value.cooked
  return undefined
}

/** The absolute path of the file that is named, as Node takes it; undefined for a package. */
function resolve(file, specifier) {
  if (!/^(?:\.{0,2}\/|\.{1,2}$|file:)/.test(specifier)) return undefined
  try {
    return fileURLToPath(new URL(specifier, pathToFileURL(file)))
  } catch {
    return sep // no file at all; the root is as far outside of src/ as can be
  }
}

/** The row that a file belongs to; undefined outside of src/. */
function rowOf(source, file) {
  const [first, ...rest] = relative(source, file).split(sep)
  if (first === '..' || first === '') return undefined
  return rest.length > 0 ? first : first.replace(/\.[cm]?[jt]s$/, '')
}

/** Answers the files of a circle, relative to src/, that an import of `target` by `file` would close. */
function circleFinder(source) {
  const known = new Map()

  function importsOf(file) {
    const { mtimeMs } = statSync(file)
    const found = known.get(file)
    if (found?.mtimeMs === mtimeMs) return found.files
    const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'), true, true)
    const files = importedFiles
      .map(({ fileName }) => sourceFile(resolve(file, fileName)))
      .filter((path) => path !== undefined)
    known.set(file, { mtimeMs, files })
    return files
  }

  return (file, target) => {
    const seen = new Set()
    const walk = (at, path) => {
      if (at === file) return path
      if (at === undefined || seen.has(at)) return undefined
      seen.add(at)
      for (const next of importsOf(at)) {
        const circle = walk(next, [...path, next])
        if (circle) return circle
      }
      return undefined
    }
    const first = sourceFile(target)
    const name = (path) => relative(source, path).replaceAll(sep, '/')
    return walk(first, [file, first])?.map(name)
  }
}

/** The file with the source of what an import names: `x.ts` for `x.js`. Undefined where there is none. */
function sourceFile(path) {
  if (path === undefined) return undefined
  const written = path.replace(/\.([cm]?)js$/, '.$1ts')
  return [written, path].find((candidate) => existsSync(candidate) && statSync(candidate).isFile())
}
