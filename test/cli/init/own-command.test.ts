import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { mkdirSync, symlinkSync } from 'node:fs'
import { installCommand, ownCommand } from '../../../src/cli/init/own-command.js'
import { Project } from '../../support/project.js'

let project: Project
beforeEach(() => {
  project = new Project()
})
afterEach(() => project.remove())

test.each([
  ['installed in a project', '/srv/k3s/node_modules/.bin/k3s-vars', 'npx k3s-vars'],
  ['on PATH', '/usr/local/bin/k3s-vars', 'k3s-vars'],
  ['a path that was typed', '../../plugins/k3s_vars', '../../plugins/k3s_vars'],
  ['such a path with a blank', '../my clone/plugins/k3s_vars', "'../my clone/plugins/k3s_vars'"],
  ['unknown', undefined, 'k3s-vars'],
])('the program is called as before: %s', (_title, launcher, expected) => {
  expect(ownCommand(launcher)).toBe(expected)
})

describe('the package is installed', () => {
  const linkTo = (root: string): string => {
    project.write(`${root}/plugins/k3s_vars`, '#!/bin/sh\n', 0o755)
    mkdirSync(project.path('bin'))
    symlinkSync(project.path(`${root}/plugins/k3s_vars`), project.path('bin/k3s-vars'))
    return project.path('bin/k3s-vars')
  }

  test('from a checkout, which packs it', () => {
    project.write('clone/src/build/pack.sh', '')
    const pack = project.path('clone/src/build/pack.sh')
    // The folder of these tests has a blank in its name.
    expect(installCommand(linkTo('clone'))).toBe(`npm install --save-dev "$('${pack}')"`)
  })

  test('from where it is installed', () => {
    const root = project.path('lib/node_modules/k3s-vars')
    expect(installCommand(linkTo('lib/node_modules/k3s-vars'))).toBe(
      `npm install --save-dev "$(npm pack --silent '${root}')"`,
    )
  })
})
