import { describe, expect, test } from '@jest/globals'
import { ROLE_PROFILES } from '../../src/role/profiles.js'
import { HARMS } from '../../src/token/encodings.js'

describe.each(Object.entries(ROLE_PROFILES))('the profile %s', (id, profile) => {
  const { groups, shared, separate, separateText, defaults, destinations } = profile
  const handedTo = (side: 'server' | 'agent', variables: typeof shared): readonly string[] =>
    variables.filter((one) => one.side === side || one.side === 'cluster').map(({ kind }) => kind)

  test('is found under its own id, and says where the role lives', () => {
    expect(profile.id).toBe(id)
    expect(profile.title).not.toBe('')
    expect(profile.url).toMatch(/^https:\/\//)
    expect(profile.ansibleCore).toMatch(/^2\.\d+$/)
  })

  test('names three different groups that Ansible takes', () => {
    expect(new Set(Object.values(groups)).size).toBe(3)
    for (const name of Object.values(groups)) expect(name).toMatch(/^[A-Za-z_]\w*$/)
  })

  test('hands the server token alone to everybody when it is shared', () => {
    expect(handedTo('server', shared)).toEqual(['server'])
    expect(handedTo('agent', shared)).toEqual(['server'])
  })

  test('keeps the server token from agents when they have their own', () => {
    expect(handedTo('agent', separate)).toEqual(['agent'])
    expect(handedTo('server', separate)).toContain('server')
  })

  test('tells the servers the agent token when it is separate', () => {
    const inText = separateText?.kind === 'agent' && separateText.side !== 'agent'
    expect(inText || handedTo('server', separate).includes('agent')).toBe(true)
  })

  test('sets no variable twice on one side, and each by a name that Ansible takes', () => {
    const text = separateText
      ? [separateText.variable, separateText.carrier].map((name) => ({
          side: separateText.side,
          name,
        }))
      : []
    for (const variables of [shared, [...separate, ...text]]) {
      const all = [...variables, ...defaults]
      const places = all.map(({ side, name }) => `${side} ${name}`)
      expect(new Set(places).size).toBe(places.length)
      for (const { name } of all) expect(name).toMatch(/^[a-z_][a-z0-9_]*$/)
    }
  })

  test('knows a file on servers and one on agents', () => {
    expect(new Set(destinations.map(({ side }) => side))).toEqual(new Set(['server', 'agent']))
  })

  test.each(destinations)('knows what breaks in $file, and from where', (destination) => {
    expect(destination.file).toMatch(/^\//)
    expect(destination.source).not.toBe('')
    expect(HARMS[destination.encoding].length).toBeGreaterThan(0)
  })
})
