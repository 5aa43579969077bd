import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { findPlugin } from '../../../src/cli/init/plugin-place.js'
import { Project } from '../../support/project.js'

let project: Project
beforeEach(() => {
  project = new Project()
})
afterEach(() => project.remove())

/** A program as a package has it, with the plugin beside it. */
function install(folder: string): string {
  const plugins = project.path(folder)
  mkdirSync(join(plugins, 'vars'), { recursive: true })
  writeFileSync(join(plugins, 'vars/k3s_vars.py'), '')
  writeFileSync(join(plugins, 'k3s_vars'), '')
  return join(plugins, 'k3s_vars')
}

test('the package of the project, whatever program was called', () => {
  install('node_modules/k3s-vars/plugins')
  const other = install('elsewhere/plugins')
  const expected = { name: 'k3s_vars', folder: 'node_modules/k3s-vars/plugins/vars', shared: 'yes' }
  expect(findPlugin(project.folder, other)).toEqual(expected)
  expect(findPlugin(project.folder, undefined)).toEqual(expected)
})

test('the package of a folder above', () => {
  install('node_modules/k3s-vars/plugins')
  mkdirSync(project.path('deploy/ansible'), { recursive: true })
  expect(findPlugin(project.path('deploy/ansible'), undefined)).toMatchObject({
    folder: '../../node_modules/k3s-vars/plugins/vars',
    shared: 'yes',
  })
})

test('the program of this machine, through a link as npm makes it', () => {
  const launcher = install('lib/plugins')
  mkdirSync(project.path('bin'))
  symlinkSync(launcher, project.path('bin/k3s-vars'))
  expect(findPlugin(project.folder, project.path('bin/k3s-vars'))).toEqual({
    name: 'k3s_vars',
    folder: join(dirname(launcher), 'vars'),
    shared: 'no',
  })
})

test.each([
  ['a package that npx keeps for one call', '_npx/0a1b/node_modules/k3s-vars/plugins'],
  ['a program without plugins', undefined],
])('%s is yet to be installed', (_title, folder) => {
  const launcher = folder === undefined ? project.write('bin/k3s_vars', '') : install(folder)
  expect(findPlugin(project.folder, launcher)).toEqual({
    name: 'k3s_vars',
    folder: 'node_modules/k3s-vars/plugins/vars',
    shared: 'missing',
  })
})

test('the collection is found by its name', () => {
  const launcher = install('ansible_collections/k3s_vars/token/plugins')
  expect(findPlugin(project.folder, launcher)).toEqual({
    name: 'k3s_vars.token.k3s_vars',
    shared: 'yes',
  })
})
