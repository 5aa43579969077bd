// The changelog of the collection is the page's.
import { describe, expect, test } from '@jest/globals'
import { load } from 'js-yaml'
import { changelogFiles } from '../../src/build/changelog.js'

const PAGE = `# Changelog

Words.

## [Unreleased]

### Added

- The command \`a\`: b, which
  goes on [here](docs/a.md).

## [0.2.0] - 2026-01-31

### Fixed

- One, after [the rule](https://example.org/rule).

### Changed

- Two.
`

describe('changelogFiles', () => {
  const file = (page: string, name: string): unknown => load(changelogFiles(page).get(name)!)

  test('has what is not released as a fragment', () => {
    expect(file(PAGE, 'changelogs/fragments/unreleased.yml')).toEqual({
      minor_changes: ['The command ``a``: b, which goes on here.'],
    })
  })

  test('has releases with their dates', () => {
    expect(file(PAGE, 'changelogs/changelog.yaml')).toEqual({
      ancestor: null,
      releases: {
        '0.2.0': {
          changes: {
            bugfixes: ['One, after `the rule <https://example.org/rule>`__.'],
            minor_changes: ['Two.'],
          },
          release_date: '2026-01-31',
        },
      },
    })
  })

  test('has nothing but a mapping right after a release', () => {
    const page = PAGE.replace(/### Added[^]*?(?=## \[0)/, '')
    expect(file(page, 'changelogs/fragments/unreleased.yml')).toEqual({})
  })

  test.each([
    ['## [0.3.0]\n', '[0.3.0]'],
    ['## [Unreleased]\n\n### Moved\n\n- x\n', 'Moved'],
  ])('takes no heading that it does not know: %j', (page, named) => {
    expect(() => changelogFiles(page)).toThrow(named)
  })
})
