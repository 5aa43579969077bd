// The packages whose code ends up in dist/: their licences ask that they come with every copy, and the bill of materials
// lists them and nothing else.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const RULE = '-'.repeat(80)
const INTRO = 'The bundles beside this file hold code of these packages, under these licences.\n'

/** The folders, relative to the project's, of the packages that files of a bundle come from. */
export function packagesOf(inputs: readonly string[]): readonly string[] {
  const folders = inputs.map(
    (input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0],
  )
  return [...new Set(folders.filter((folder) => folder !== undefined))].sort()
}

/**
 * The notices of packages, as they lie beside the bundles.
 * @param folders absolute or relative to the current folder
 * @throws Error where a package has no licence file
 */
export function renderNotices(folders: readonly string[]): string {
  const notices = folders.map((folder) => {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      name: string
      version: string
    }
    return `${RULE}\n${name}@${version}\n\n${licenceIn(folder).trim()}\n`
  })
  return [INTRO, ...new Set(notices)].join('\n')
}

/** The packages, as `name@version`, that notices name. */
export function namesIn(notices: string): readonly string[] {
  return notices
    .split(`\n${RULE}\n`)
    .slice(1)
    .map((notice) => notice.slice(0, notice.indexOf('\n')))
}

function licenceIn(folder: string): string {
  const name = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
  // Some have the line ends of Windows, which `ansible-test sanity` refuses in a collection.
  if (name !== undefined) return readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n')
  const headers = headersIn(folder)
  if (headers.includes('Copyright')) return headers
  throw new Error(`${folder} has no licence, and the bundles hold its code`)
}

/** What heads the files of a package that has no licence file: each different comment once. The licence that it names is Apache's. */
function headersIn(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  const headers = files
    .filter((file) => file.endsWith('.js') && !file.includes('node_modules'))
    .map((file) => readFileSync(join(folder, file), 'utf8').replace(/^['"]use strict['"];\n/, ''))
    .map((text) => /^(?:\/\/.*\n)+/.exec(text)?.[0] ?? '')
  return [...new Set(headers)]
    .filter((header) => header.includes('Copyright'))
    .join('\n')
    .replace(/^\/\/ ?/gm, '')
}
