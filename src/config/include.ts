import { readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ConfigError } from '../errors.js'
import { compileName } from '../files/glob.js'
import { isOpenToOthers } from '../files/writers.js'
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
    return files.map((file) => {
      requireClosed(file)
      return requireClustersOnly(readConfigFile(file))
    })
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

/** Whoever writes there decides on clusters and their hosts. */
function requireClosed(path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined || !isOpenToOthers(stats)) return
  const [what, hint] = stats.isDirectory()
    ? ['lies in a folder that others can write', 'take the right away: chmod go-w on the folder']
    : ['can be written by others', 'take the right away: chmod go-w']
  throw new ConfigError('K3SV_CONFIG_WORLD_WRITABLE', `an included configuration ${what}`, {
    location: { file: path },
    hint,
  })
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
