// Documents as they were before there were bindings.
import { readFileSync } from 'node:fs'
import type { Project } from './project.js'

/** The text of a document of schema 1 that says what this one says. */
export function asSchema1(text: string): string {
  return text
    .replace('schema: 2\n', 'schema: 1\n')
    .replace(/^ca:.*\n(?: {2}.*\n)*/m, '')
    .replace(/^( *(?:- )?)(?:origin|guessable): .*\n/gm, '')
    .replace(/^( *)binding: .*\n(?:\1 +.*\n)*/gm, '')
}

/** Takes the binding of a cluster's document away, and all else that schema 1 does not have. */
export function unbind(project: Project, cluster: string): void {
  const name = `k3s_tokens/${cluster}.yml`
  project.write(name, asSchema1(readFileSync(project.path(name), 'utf8')))
}
