// `npm run sbom`: a CycloneDX bill of materials of the published package on standard output. npm writes it for everything
// that is installed; what the bundles do not hold is taken out, because nobody who installs the package gets it.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { namesIn } from './third-party.js'

interface Bom {
  readonly metadata: { readonly component: { readonly 'bom-ref': string } }
  readonly components: readonly { readonly 'bom-ref': string; readonly scope?: string }[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[]
}

const ROOT = join(import.meta.dirname, '../..')

const bundled = namesIn(readFileSync(join(ROOT, 'dist/THIRD-PARTY-LICENSES.txt'), 'utf8'))
const bom = JSON.parse(
  execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  }),
) as Bom

const own = bom.metadata.component['bom-ref']
const keep = new Set([own, ...bundled])
const missing = bundled.filter((name) => bom.components.every((one) => one['bom-ref'] !== name))
if (missing.length > 0) throw new Error(`npm sbom does not know ${missing.join(', ')}`)

console.log(
  JSON.stringify(
    {
      ...bom,
      // npm takes the folder's name.
      metadata: { ...bom.metadata, component: { ...bom.metadata.component, name: 'k3s-vars' } },
      // They are needed for development only as far as npm can see; here they are part of the package.
      components: bom.components
        .filter((one) => keep.has(one['bom-ref']))
        .map((one) => ({ ...one, scope: 'required' })),
      dependencies: bom.dependencies
        .filter(({ ref }) => keep.has(ref))
        .map(({ ref, dependsOn }) => ({
          ref,
          dependsOn: ref === own ? bundled : dependsOn.filter((name) => keep.has(name)),
        })),
    },
    null,
    2,
  ),
)
