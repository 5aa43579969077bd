import { expect, test } from '@jest/globals'
import {
  isMaybeVars,
  isMaybeYaml,
  isVarsFile,
  kindOfFile,
  kindOfText,
} from '../../src/ansible-files/file-kind.js'

test.each([
  ['group_vars/all.yml', 'yaml'],
  ['group_vars/all/extra', 'yaml'],
  ['hosts', 'either'],
  ['inventory.ini', 'ini'],
  ['vars.json', 'json'],
  ['README.md', 'other'],
  ['LICENSE', 'other'],
])('%s is %s', (path, kind) => {
  expect(kindOfFile(path)).toBe(kind)
})

test.each([
  ['# c\n[servers]\nh1\n', 'ini'],
  ['h1 token=a\n', 'ini'],
  ['10.0.0.1:22 token=a\n', 'ini'],
  ['all:\n  hosts:\n', 'yaml'],
  ['---\nall:\n', 'yaml'],
  ['"all": {}\n', 'yaml'],
])('%j is %s', (text, kind) => {
  expect(kindOfText(text)).toBe(kind)
})

test.each([
  ['group_vars/all.yml', true, true, true],
  ['inventories/prod/host_vars/node1/main.yml', true, true, true],
  ['host_vars/node1', true, true, true],
  ['host_vars/node1.example.com', false, true, true],
  ['group_vars/README.md', false, false, true],
  ['roles/k3s/defaults/main.yml', true, true, true],
  ['roles/k3s/vars/deep/main.yml', true, true, false],
  ['playbooks/site.yml', false, true, false],
  ['vars', false, false, false],
])('%s: variables for sure %s, may be YAML %s, may be variables %s', (path, ...expected) => {
  expect([isVarsFile(path), isMaybeYaml(path), isMaybeVars(path)]).toEqual(expected)
})
