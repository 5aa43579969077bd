import { cpSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Ansible } from './ansible.js'
import { LAUNCHER, PASSWORD } from './project.js'
import type { Outcome, Project } from './project.js'

const EXAMPLES = resolve(import.meta.dirname, '../../examples')
const MADE_HERE = /\/(?:scratch|k3s_tokens|\.vault_password)(?:\/|$)/

/** A copy of the examples in a project; one of them is played. */
export class Example {
  readonly #project: Project
  readonly #name: string

  constructor(project: Project, name: string) {
    this.#project = project
    this.#name = name
    cpSync(EXAMPLES, project.path('examples'), {
      recursive: true,
      filter: (path) => !MADE_HERE.test(path.slice(EXAMPLES.length)),
    })
    this.write('.vault_password', PASSWORD)
  }

  /** A path below the example's folder. */
  path(...names: string[]): string {
    return this.#project.path(join('examples', this.#name, ...names))
  }

  write(name: string, text: string): void {
    this.#project.write(join('examples', this.#name, name), text)
  }

  run(program: string, ...args: string[]): Outcome {
    return this.#project.run(program, args, {
      cwd: this.path(),
      environment: { ANSIBLE_FORKS: '12' },
      timeout: 600_000,
    })
  }

  play({ bin }: Ansible, ...args: readonly string[]): Outcome {
    return this.run(join(bin, 'ansible-playbook'), '-i', LAUNCHER, 'site.yml', ...args)
  }
}
