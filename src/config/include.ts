import { readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ConfigError } from '../errors.js'
import { compileName } from '../files/glob.js'
import { readConfigFile } from './document.js'
import type { ConfigDocument } from './document.js'

/**
 * The files that a configuration includes, sorted by name for each pattern. They hold `clusters` and nothing else.
 * @throws ConfigError `K3SV_CONFIG_INCLUDE` for a pattern that leaves the folder or matches nothing
 */
export function readIncluded(document: ConfigDocument): readonly ConfigDocument[] {
  const patterns = [document.raw.include ?? []].flat()
  return patterns.flatMap((pattern) => {
    const parts = pattern.split('/').filter((part) => part !== '.')
    const files = findFiles(dirname(document.file), parts, document)
    if (files.length === 0) throw refuse(document, 'an include that matches no file')
    return files.map((file) => requireClustersOnly(readConfigFile(file)))
  })
}

function findFiles(
  folder: string,
  parts: readonly string[],
  document: ConfigDocument,
): readonly string[] {
  const [part = '', ...rest] = parts
  if (part === '' || part === '..')
    throw refuse(document, 'an include that leaves the folder of the configuration')
  const isHiddenWanted = part.startsWith('.')
  const fits = compileName(part)
  requireClosed(folder)
  return listFolder(folder, document)
    .filter(({ name }) => fits(name) && (isHiddenWanted || !name.startsWith('.')))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (rest.length > 0) return entry.isDirectory() ? findFiles(path, rest, document) : []
      return entry.isDirectory() ? [] : [path]
    })
}

/**
 * Whoever writes there decides on clusters and their hosts. A group that is the user's own, as many systems make one for each,
 * adds nobody.
 */
function requireClosed(folder: string): void {
  const stats = statSync(folder, { throwIfNoEntry: false })
  if (stats === undefined) return
  const isOpenToGroup = (stats.mode & 0o020) !== 0 && stats.gid !== process.getegid!()
  if ((stats.mode & 0o002) === 0 && !isOpenToGroup) return
  throw new ConfigError(
    'K3SV_CONFIG_WORLD_WRITABLE',
    'an included configuration lies in a folder that others can write',
    { location: { file: folder }, hint: 'take the right away: chmod go-w on the folder' },
  )
}

function listFolder(folder: string, document: ConfigDocument): ReturnType<typeof readEntries> {
  try {
    return readEntries(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw refuse(document, 'an include whose folder cannot be read')
  }
}

function readEntries(folder: string) {
  return readdirSync(folder, { withFileTypes: true })
}

function requireClustersOnly(document: ConfigDocument): ConfigDocument {
  const other = Object.keys(document.raw).find((key) => key !== 'clusters')
  if (other === undefined) return document
  throw new ConfigError('K3SV_CONFIG_INCLUDE', 'an included file holds clusters and nothing else', {
    location: document.placeOf([other]),
    hint: `move ${other} to the file that includes this one`,
  })
}

function refuse(document: ConfigDocument, message: string): ConfigError {
  return new ConfigError('K3SV_CONFIG_INCLUDE', message, {
    location: document.placeOf(['include']),
    hint: 'name files below the folder of k3s_vars.yml, such as clusters.d/*.yml',
  })
}
