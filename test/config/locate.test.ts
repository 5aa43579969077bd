import { chmodSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { locateConfig } from '../../src/config/locate.js'
import { inFolder, tell } from './folder.js'
import { environmentIn } from '../support/environment.js'

const EVERYWHERE = {
  'cwd/k3s_vars.yml': '',
  'project/inventory/k3s_vars.yaml': '',
  'project/k3s_vars.yml': '',
  'package/plugins/k3s_vars.yml': '',
  'package/k3s_vars.yml': '',
}

function locate(names: readonly string[], variables = {}): string {
  const files = Object.fromEntries(names.map((name) => [name, '']))
  return inFolder({ ...files, 'package/plugins/k3s_vars': '', 'cwd/x': '' }, (folder) => {
    mkdirSync(join(folder, 'project/inventory'), { recursive: true })
    const launcher = join(folder, 'project/inventory/k3s_vars')
    symlinkSync('../../package/plugins/k3s_vars', launcher)
    const search = { environment: environmentIn(join(folder, 'cwd'), variables), launcher }
    return locateConfig(search).slice(folder.length + 1)
  })
}

describe('locateConfig', () => {
  const order = Object.keys(EVERYWHERE)
  test.each(order.map((name, index) => [name, order.slice(index)] as const))(
    'finds %s where nothing comes before it',
    (name, names) => {
      expect(locate(names)).toBe(name)
    },
  )

  test('lets K3S_VARS_CONFIG go before everything, relative to the current folder', () => {
    expect(locate([...order, 'other.yml'], { K3S_VARS_CONFIG: '../other.yml' })).toBe('other.yml')
  })

  test('takes an empty K3S_VARS_CONFIG for none', () => {
    expect(locate(order, { K3S_VARS_CONFIG: '' })).toBe(order[0])
  })

  test('ends at links that point at each other', () => {
    inFolder({}, (folder) => {
      symlinkSync('b', join(folder, 'a'))
      symlinkSync('a', join(folder, 'b'))
      const search = { environment: environmentIn(folder), launcher: join(folder, 'a') }
      expect(tell(() => locateConfig(search), folder).code).toBe('K3SV_CONFIG_NOT_FOUND')
    })
  })

  test('names the one of the project whose folder one stands in, and no folder of packages', () => {
    inFolder({ 'k3s_vars.yml': '', 'playbooks/roles/x': '' }, (folder) => {
      const launcher = join(folder, 'node_modules/.bin/k3s-vars')
      const search = { environment: environmentIn(join(folder, 'playbooks/roles')), launcher }
      const error = tell(() => locateConfig(search), folder)
      expect(error).toMatchObject({ code: 'K3SV_CONFIG_NOT_FOUND' })
      expect(error.message).toMatch(/^there is no k3s_vars.yml in \S+playbooks\/roles$/)
      expect(error.hint).toContain('k3s_vars.yml: run it in that folder')
    })
  })

  test('refuses a K3S_VARS_CONFIG that is not there', () => {
    inFolder({ 'k3s_vars.yml': '' }, (folder) => {
      const search = { environment: environmentIn(folder, { K3S_VARS_CONFIG: 'no.yml' }) }
      expect(tell(() => locateConfig(search), folder)).toMatchObject({
        code: 'K3SV_CONFIG_NOT_FOUND',
        file: 'no.yml',
      })
    })
  })

  test('refuses a folder that everybody can write', () => {
    inFolder({ 'k3s_vars.yml': '' }, (folder) => {
      chmodSync(folder, 0o1777)
      expect(
        tell(() => locateConfig({ environment: environmentIn(folder) }), folder),
      ).toMatchObject({
        code: 'K3SV_CONFIG_WORLD_WRITABLE',
        file: 'k3s_vars.yml',
      })
    })
  })
})
