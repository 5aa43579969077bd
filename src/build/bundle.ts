// Makes dist/: two CommonJS bundles, so that Ansible's path loads nothing of the command line, a small file that starts
// either, what only some runs need, and V8's code cache for the first. CommonJS starts faster than ES modules.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import type { Plugin } from 'esbuild'
import { writeCodeCache, writeCommandCache, writeKindCache } from './code-cache.js'
import { writeValidator } from './validator.js'
import { packagesOf, renderNotices } from './third-party.js'

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

/** Each kind of shared store is a file of its own, too, which only its users load. */
const KINDS = ['vault-kv', 'etcd', 'git'] as const
const kindsApart: Plugin = {
  name: 'kinds-apart',
  setup(building) {
    building.onResolve({ filter: /^\.\/[a-z-]+\/kind\.js$/ }, ({ path }) => ({
      path: `./store-${path.split('/')[1]!}.cjs`,
      external: true,
    }))
  },
}

/** What reads .proto files at run time stays out: gRPC needs it for a service about itself, which nobody starts here. */
const protoFilesApart: Plugin = {
  name: 'proto-files-apart',
  setup(building) {
    building.onResolve({ filter: /^@grpc\/proto-loader$/ }, () => ({
      path: 'none',
      namespace: 'empty',
    }))
    building.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({
      contents: 'module.exports = {}',
    }))
  },
}

/**
 * Of js-yaml only its reader, and of its schemas only the one that `yaml/read.ts` extends: making the others, which nothing
 * uses, took half of the time that the modules need to load.
 */
const yamlReaderAlone: Plugin = {
  name: 'yaml-reader-alone',
  setup(building) {
    const home = dirname(createRequire(import.meta.url).resolve('js-yaml'))
    building.onResolve({ filter: /^js-yaml$/ }, () => ({ path: 'js-yaml', namespace: 'reader' }))
    building.onLoad({ filter: /^js-yaml$/, namespace: 'reader' }, () => ({
      contents: `
        exports.load = require('./lib/loader').load
        exports.loadAll = require('./lib/loader').loadAll
        exports.Type = require('./lib/type')
        exports.FAILSAFE_SCHEMA = require('./lib/schema/failsafe')
        exports.YAMLException = require('./lib/exception')
      `,
      resolveDir: home,
    }))
    building.onResolve({ filter: /^\.\/schema\/default$/ }, () => ({
      path: join(home, 'lib/schema/failsafe.js'),
    }))
    // It quotes the line of an error, which may hold a secret: every error is made anew without.
    building.onResolve({ filter: /^\.\/snippet$/ }, () => ({ path: 'snippet', namespace: 'none' }))
    building.onLoad({ filter: /.*/, namespace: 'none' }, () => ({
      contents: 'module.exports = () => null',
    }))
  },
}

/** @returns the files that it is made of, relative to the project's folder */
async function bundle(entry: string, output: string): Promise<readonly string[]> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    metafile: true,
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
    plugins: [rewriteApart, kindsApart, yamlReaderAlone, protoFilesApart],
    // One form of each package: those that have both name the ES module first.
    conditions: ['require'],
    // A bundle that starts from V8's code cache has no way to `import()` (ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING), but a `require`.
    supported: { 'dynamic-import': false },
    // Smaller text is read and checked faster.
    minify: true,
    // One letter that is not ASCII doubles what V8 holds of the text; licences stand in a file beside it.
    legalComments: 'linked',
    // For reports of internal errors: positions alone, which say where in src something happened. Nothing refers to the
    // map, so no debugger and no `--enable-source-maps` takes it for one with the sources' text.
    sourcemap: 'external',
    sourcesContent: false,
    logLevel: 'warning',
  })
  return Object.keys(metafile.inputs)
}

writeValidator()
rmSync(DIST, { recursive: true, force: true })
mkdirSync(DIST, { recursive: true })
const inputs = [
  await bundle('src/source/start.ts', 'start.cjs'),
  await bundle('src/source/main.ts', 'inventory.cjs'),
  await bundle('src/document/rewrite.ts', 'rewrite.cjs'),
  await bundle('src/cli/main.ts', 'cli.cjs'),
  ...(await Promise.all(
    KINDS.map((kind) => bundle(`src/store/${kind}/kind.ts`, `store-${kind}.cjs`)),
  )),
].flat()
writeFileSync(
  join(DIST, 'THIRD-PARTY-LICENSES.txt'),
  renderNotices(packagesOf(inputs).map((folder) => join(ROOT, folder))),
)
// The commands import the validator, which a clean checkout has only now.
const { manPages } = await import('./man-pages.js')
mkdirSync(join(DIST, 'man'))
for (const [name, text] of manPages(version)) writeFileSync(join(DIST, 'man', name), `${text}\n`)
copyFileSync(join(ROOT, 'src/config/k3s_vars.schema.json'), join(DIST, 'k3s_vars.schema.json'))
await writeKindCache(join(DIST, 'store-etcd.cjs'), {
  kind: 'etcd',
  base: '/',
  timeout: 100,
  // Port 9 of this machine, at which nothing has answered for decades.
  endpoints: ['http://127.0.0.1:9'],
  prefix: '/',
})
await writeCommandCache(join(DIST, 'cli.cjs'))
// Made last: setup.sh takes it for the sign of a build that is whole.
await writeCodeCache(join(DIST, 'start.cjs'), join(DIST, 'inventory.cjs'))
