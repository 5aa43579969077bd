// The Chinese pages keep up with the English ones.
import { describe, expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  findStale,
  fixedParts,
  hashOf,
  sectionsOf,
  TRANSLATIONS,
} from '../../src/build/translations.js'

const read = (page: string): string =>
  readFileSync(join(import.meta.dirname, '../..', page), 'utf8')

const ENGLISH = '# Title\n\nIntro.\n\n```sh\n# no heading\nls\n```\n\n## Next step\n\nMore.\n'
const MARKS = sectionsOf(ENGLISH).map((one) => `<!-- en: a.md#${one.anchor} ${hashOf(one)} -->`)

describe.each(Object.entries(TRANSLATIONS))('%s', (chinese, english) => {
  test('says every section of the English page as it is now', () => {
    expect(findStale(read(chinese), read(english))).toEqual([])
  })

  test('breaks no line between Chinese characters, where a browser shows a blank', () => {
    const prose = read(chinese).replace(/^( *)```[^]*?^\1```/gm, '')
    const broken = prose.match(
      /^.*[\u3400-\u9fff\u3001-\u303f\uff01-\uffef]\n *[\u3400-\u9fff].*$/gm,
    )
    expect(broken ?? []).toEqual([])
  })

  test('has the same blocks of code and generated tables', () => {
    const own = [...read(chinese).matchAll(/<!-- generated:(\S+)-zh -->/g)].map(([, name]) => name!)
    // A table with words of ours is generated in both languages.
    const isOwn = (part: string): boolean =>
      own.some((name) => new RegExp(`^<!-- generated:${name}(?:-zh)? -->`).test(part))
    const fixed = (page: string): readonly string[] =>
      fixedParts(read(page)).filter((part) => !isOwn(part))
    expect(fixed(chinese)).toEqual(fixed(english))
  })
})

/** The links of a Chinese page to English ones that do not say so: behind the link, or at the head of a list of them. */
function unmarkedLinks(page: string): readonly string[] {
  return page
    .split('\n')
    .filter((line) => !line.startsWith('- 英文：'))
    .flatMap((line) => [...line.matchAll(/\[[^\]]*\]\(([^)#]+\.md)[^)]*\)(（英文）)?/g)])
    .filter(
      ([, target, mark]) => mark === undefined && !/zh|^(?!\.\.?\/)[a-z-]+\.md$/.test(target!),
    )
    .map(([link]) => link)
}

test.each(Object.keys(TRANSLATIONS))('%s says which links lead to English pages', (chinese) => {
  const page = read(chinese).replace('[English](README.md)', '')
  expect(unmarkedLinks(page)).toEqual([])
})

test.each([
  ['见[检查](../drift.md#x)：', 1],
  ['见[检查](../drift.md)（英文）：', 0],
  ['见[轮换](rotate.md)。', 0],
  ['- 英文：[检查](docs/drift.md)', 0],
  ['- [检查](docs/drift.md)', 1],
])('a link to an English page is told: %s', (line, count) => {
  expect(unmarkedLinks(line)).toHaveLength(count)
})

describe('a Chinese page', () => {
  test('is up to date where each section names the text that it says', () => {
    expect(findStale(MARKS.join('\n'), ENGLISH)).toEqual([])
  })

  test.each([
    ['a changed text', ENGLISH.replace('More.', 'Else.'), ['#next-step is stale']],
    ['a changed block', ENGLISH.replace('ls', 'rm'), ['#title is stale']],
    ['a new section', `${ENGLISH}## Third\n\nNew.\n`, ['#third is missing']],
    [
      'a section that went',
      ENGLISH.split('## ')[0]!,
      ['#next-step is no section of the English page'],
    ],
  ])('is stale after %s', (_what, english, expected) => {
    expect(findStale(MARKS.join('\n'), english)).toEqual(expected)
  })
})
