// Makes dist/: two CommonJS bundles, so that Ansible's path loads nothing of the command line, a small file that starts
// either, and V8's code cache for the first. CommonJS starts faster than ES modules.
import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Plugin } from 'esbuild'
import { writeCodeCache } from './code-cache.js'

const ROOT = join(import.meta.dirname, '../..')
const DIST = join(ROOT, 'dist')

const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  version: string
}

/** Replacing a document is rare and needs the `yaml` package: a file of its own keeps that out of every start. */
const rewriteApart: Plugin = {
  name: 'rewrite-apart',
  setup(building) {
    building.onResolve({ filter: /\/rewrite\.js$/ }, () => ({
      path: './rewrite.cjs',
      external: true,
    }))
  },
}

async function bundle(entry: string, output: string): Promise<void> {
  await build({
    entryPoints: [join(ROOT, entry)],
    outfile: join(DIST, output),
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'cjs',
    define: {
      'import.meta.dirname': '__dirname',
      // yargs 18 looks for its translations beside its own file; the bundle carries none.
      'import.meta.url': 'import_meta_url',
      K3S_VARS_VERSION: JSON.stringify(version),
    },
    banner: { js: 'const import_meta_url = `file://${__filename}`;' },
    external: ['./cli.cjs'],
    plugins: [rewriteApart],
    // One form of each package: those that have both name the ES module first.
    conditions: ['require'],
    // Smaller text is read and checked faster; names are kept for stack traces.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'eof',
    logLevel: 'warning',
  })
}

rmSync(DIST, { recursive: true, force: true })
mkdirSync(DIST, { recursive: true })
await bundle('src/source/start.ts', 'start.cjs')
await bundle('src/source/main.ts', 'inventory.cjs')
await bundle('src/store/rewrite.ts', 'rewrite.cjs')
await bundle('src/cli/main.ts', 'cli.cjs')
copyFileSync(join(ROOT, 'src/config/k3s_vars.schema.json'), join(DIST, 'k3s_vars.schema.json'))
await writeCodeCache(join(DIST, 'start.cjs'), join(DIST, 'inventory.cjs'))
