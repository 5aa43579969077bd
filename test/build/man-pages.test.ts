import { describe, expect, test } from '@jest/globals'
import { manPages } from '../../src/build/man-pages.js'

describe('a manual page', () => {
  test.each([...manPages('1.2.3')])('%s fits a terminal of 80 columns', (_, page) => {
    const examples = page.match(/^\.nf\n\.RS\n[^]*?^\.RE$/gm) ?? []
    const lines = examples
      .flatMap((block) => block.split('\n').slice(2, -1))
      .map((line) => line.replaceAll('\\-', '-').replaceAll('\\e', '\\'))
    // Seven columns stand before a paragraph, and seven more before what is indented.
    expect(lines.filter((line) => 14 + line.length > 80)).toEqual([])
    // Words are not broken, which a search would not find.
    expect(page).toMatch(/^\.TH .*\n\.nh\n/)
  })
})
