import { describe, expect, test } from '@jest/globals'
import { PROJECTS } from '../../src/role/projects.js'
import { ROLE_PROFILES } from '../../src/role/profiles.js'
import type { TokenVariable } from '../../src/role/profile.js'
import { tokenNames, variablesAt } from '../../src/role/token-variables.js'
import { HARMS } from '../../src/token/encodings.js'
import { symbolsFor } from '../../src/token/generate.js'

const ALL = Object.entries(ROLE_PROFILES)

function kindsAt(variables: readonly TokenVariable[], side: 'server' | 'agent'): readonly string[] {
  return variablesAt(variables, side).map(({ kind }) => kind)
}

describe.each(ALL)('the profile %s', (id, profile) => {
  const { groups, shared, separate, sharedOnly, settings, destinations } = profile

  test('is found under its own id, and its project says where the role lives', () => {
    expect(profile.id).toBe(id)
    const { title, url, ansibleCore } = PROJECTS[profile.id]
    expect(title).not.toBe('')
    expect(url).toMatch(/^https:\/\//)
    expect(ansibleCore).toMatch(/^2\.\d+$/)
  })

  test('names three different groups that Ansible takes', () => {
    expect(new Set(Object.values(groups)).size).toBe(3)
    for (const name of Object.values(groups)) expect(name).toMatch(/^[A-Za-z_]\w*$/)
  })

  test('hands the server token alone to everybody when it is shared', () => {
    expect(kindsAt(shared, 'server')).toEqual(['server'])
    expect(kindsAt(shared, 'agent')).toEqual(['server'])
  })

  test('keeps the server token from agents and tells servers both, or says why it cannot', () => {
    if (sharedOnly !== undefined) return expect([separate, sharedOnly !== '']).toEqual([[], true])
    expect(new Set(kindsAt(separate, 'agent'))).toEqual(new Set(['agent']))
    expect(new Set(kindsAt(separate, 'server'))).toEqual(new Set(['server', 'agent']))
  })

  test('sets no place twice on one side, and each by a name that Ansible takes', () => {
    for (const variables of [shared, separate]) {
      const places = [
        ...variables.map(({ side, name, key = '' }) => `${side} ${name} ${key}`),
        ...variables.flatMap(({ side, referencedVariable }) =>
          referencedVariable ? [`${side} ${referencedVariable} `] : [],
        ),
        ...settings.map(({ side, name }) => `${side} ${name} `),
      ]
      expect(new Set(places).size).toBe(places.length)
      for (const place of places) expect(place.split(' ')[1]).toMatch(/^[a-z_][a-z0-9_]*$/)
    }
  })

  test('knows where the token lands on servers and on agents', () => {
    expect(new Set(destinations.map(({ side }) => side))).toEqual(new Set(['server', 'agent']))
  })

  test.each(destinations)('knows what breaks in $file ($encoding)', ({ file, encoding }) => {
    expect(file).toMatch(/^\/|command/)
    expect(HARMS[encoding].length).toBeGreaterThan(0)
  })

  test('leaves symbols for a password policy', () => {
    expect(symbolsFor(profile)).toMatch(/^-_/)
  })
})

test('no group name means one side in one role and another side in another', () => {
  const sides = new Map<string, Set<string>>()
  for (const [, { groups }] of ALL) {
    for (const [side, name] of Object.entries(groups)) {
      sides.set(name, (sides.get(name) ?? new Set()).add(side))
    }
  }
  expect([...sides].filter(([, found]) => found.size > 1)).toEqual([])
})

test('the names that carry tokens are known, each once, with the key that holds them', () => {
  const names = tokenNames()
  expect(names).toContainEqual({ name: 'token' })
  expect(names).toContainEqual({ name: 'k3s_agent_token' })
  expect(names).toContainEqual({ name: 'cluster_rke2_config', key: 'token' })
  expect(names).toContainEqual({ name: 'host_rke2_config', key: 'agent-token' })
  expect(names).toContainEqual({ name: 'server_config_yaml', key: 'agent-token' })
  expect(new Set(names.map((one) => JSON.stringify(one))).size).toBe(names.length)
})
