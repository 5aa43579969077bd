import { describe, expect, test } from '@jest/globals'
import { ROLE_PROFILES } from '../../src/role/profiles.js'
import { HARMS } from '../../src/token/encodings.js'

describe.each(Object.entries(ROLE_PROFILES))('the profile %s', (id, profile) => {
  test('is found under its own id', () => expect(profile.id).toBe(id))

  test('names three different groups', () => {
    expect(new Set(Object.values(profile.groups)).size).toBe(3)
  })

  test('hands a token to servers and agents, shared or separate', () => {
    expect(profile.shared.map(({ kind }) => kind)).toContain('server')
    expect(profile.separate.map(({ kind }) => kind).sort()).toEqual(['agent', 'server'])
  })

  test.each(profile.destinations)('knows what breaks in $file, and from where', (destination) => {
    expect(destination.file).toMatch(/^\//)
    expect(destination.source).not.toBe('')
    expect(HARMS[destination.encoding].length).toBeGreaterThan(0)
  })
})
