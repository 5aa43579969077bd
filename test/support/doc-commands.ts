// The commands of a page of docs/, so that what an operator copies is what was tried.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The blocks of shell commands of a page, in their order. */
export function shellBlocks(page: string): readonly string[] {
  const text = readFileSync(join(import.meta.dirname, '../../docs', page), 'utf8')
  return [...text.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, block]) => block!)
}
