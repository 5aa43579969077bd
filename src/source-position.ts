// Where an internal error happened, as file and line of `src`. The programs are bundled and minified; the build puts a
// source map beside each, which is read here alone, so that no start pays for it.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A line of a stack whose file is one of our bundles, or in tests one of our sources. Names of functions are not kept. */
const FRAME = /^ {4}at .*\/([a-z0-9-]+\.cjs|src\/[\w/-]+\.ts):(\d+):(\d+)\)?$/

/** Paths in our source maps, as far as they are told. */
const TOLD = /^(?:\.\.\/)+((?:src|node_modules)\/[\w./@-]+)$/

/**
 * The position in `src` from which `error` came, such as `src/config/load.ts:41:7`; in a bundle, where that has no map; in a
 * package, where the stack shows nothing else; undefined where it shows nothing of ours. No part of it is text of the error.
 */
export function sourcePosition(error: Error): string | undefined {
  const maps = new Map<string, Lookup>()
  let inPackage: string | undefined
  for (const { file, line, column } of framesOf(error)) {
    if (!file.endsWith('.cjs')) return `${file}:${line}:${column}`
    const lookup = maps.get(file) ?? loadMap(file)
    maps.set(file, lookup)
    const position = lookup(line, column) ?? `${file}:${line}:${column}`
    if (!position.startsWith('node_modules/')) return position
    inPackage ??= position
  }
  return inPackage
}

interface Frame {
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly column: number
}

function framesOf({ stack, message }: Error): Frame[] {
  if (typeof stack !== 'string' || typeof message !== 'string') return []
  // The message may hold lines that look like frames, so only what comes behind it counts.
  const at = stack.indexOf(message)
  if (at === -1) return []
  return stack
    .slice(at + message.length)
    .split('\n')
    .flatMap((text) => {
      const [, file, line, column] = FRAME.exec(text) ?? []
      if (file === undefined || !isOurs(file)) return []
      return [{ file, line: Number(line), column: Number(column) }]
    })
}

/** Whoever sets an error's stack can name any file. */
function isOurs(file: string): boolean {
  const folder = import.meta.dirname
  return existsSync(file.endsWith('.cjs') ? join(folder, file) : join(folder, '..', file))
}

type Lookup = (line: number, column: number) => string | undefined

/** A lookup that finds nothing where the map is missing or damaged: what is reported is the error, not that. */
function loadMap(bundle: string): Lookup {
  try {
    const { SourceMap } = process.getBuiltinModule('node:module')
    const text = readFileSync(join(import.meta.dirname, `${bundle}.map`), 'utf8')
    const map = new SourceMap(JSON.parse(text) as ConstructorParameters<typeof SourceMap>[0])
    return (line, column) => {
      // Not findOrigin: to a minified text's column it adds what lies between, as if both texts were alike there.
      const entry = map.findEntry(line - 1, column - 1)
      const path = 'originalSource' in entry && TOLD.exec(entry.originalSource)?.[1]
      return path ? `${path}:${entry.originalLine + 1}:${entry.originalColumn + 1}` : undefined
    }
  } catch {
    return () => undefined
  }
}
