// The pages that people read: every link leads somewhere, every page can be reached, and the README stays one that is read.
import { describe, expect, test } from '@jest/globals'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { drawn } from '../../src/build/pictures.js'
import { commandsOf, RECORDING_TITLE } from '../../src/build/recording.js'
import { anchorOf } from '../../src/build/translations.js'

const ROOT = join(import.meta.dirname, '../..')
const TOP = ['README.md', 'README.zh-CN.md', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md']
const pages = [
  ...TOP,
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
]

/** The text of a page without its code, in which brackets are no links. */
function proseOf(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8')
    .replace(/^( *)```[^]*?^\1```/gm, '')
    .replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]()]/g, ' '))
}

/** The links of a page to this tree: the file, and the anchor within it if there is one. */
function linksOf(page: string): { target: string; anchor: string | undefined }[] {
  return [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link!)
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => {
      const [path, anchor] = link.split('#')
      const target = path === '' ? page : relative(ROOT, join(ROOT, dirname(page), path!))
      return { target, anchor }
    })
}

/** The anchors of a page's headings, as GitHub makes them, and those that it sets itself. */
function anchorsOf(page: string): string[] {
  const text = readFileSync(join(ROOT, page), 'utf8')
  const headings = [...text.replace(/^```[^]*?^```/gm, '').matchAll(/^#+ (.*)$/gm)].map(
    ([, words]) => anchorOf(words!),
  )
  return [...headings, ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id!)]
}

describe('the pages', () => {
  test.each(pages)('%s: every link leads to a file and a heading that are there', (page) => {
    const dead = linksOf(page).filter(({ target, anchor }) => {
      if (!existsSync(join(ROOT, target))) return true
      return anchor !== undefined && !anchorsOf(target).includes(anchor)
    })
    expect(dead).toEqual([])
  })

  test('of docs are all reached from the README', () => {
    const reached = new Set<string>()
    const visit = (page: string): void => {
      if (reached.has(page)) return
      reached.add(page)
      for (const { target } of linksOf(page)) if (target.endsWith('.md')) visit(target)
    }
    visit('README.md')
    expect(pages.filter((page) => !reached.has(page))).toEqual([])
  })

  test.each(pages)('%s names no package or repository that does not exist yet', (page) => {
    const text = readFileSync(join(ROOT, page), 'utf8')
    expect(text).not.toMatch(/OWNER|npm install [^"\n]*\bk3s-vars\b(?!-\d)|npx --yes/)
  })

  test('show each picture, with what it says for those who do not see it', () => {
    const english = pages.filter((page) => !/zh/.test(page))
    const shown = english.flatMap((page) => {
      const text = readFileSync(join(ROOT, page), 'utf8')
      const recordings = [...text.matchAll(/!\[([^\]]*)\]\(\S*pictures\/(\S+)\)/g)]
      const images = [...text.matchAll(/<img alt="([^"]*)" src="\S*pictures\/([^"]+)">/g)]
      return [...recordings, ...images].map(([, words, file]) => [file!, words!])
    })
    const all = [...drawn()].map(([name, [wide]]) => [`${name}.svg`, wide!.title])
    all.push(['quick-start.svg', RECORDING_TITLE])
    expect(shown.sort()).toEqual(all.sort())
  })

  test('show a phone the narrow form of a picture', () => {
    const images = pages.flatMap((page) => {
      const text = readFileSync(join(ROOT, page), 'utf8')
      return [...text.matchAll(/^ *(<source .*>)\n *<img .* src="(\S+)\.svg">$/gm)]
    })
    expect(images.length).toBeGreaterThan(drawn().size)
    for (const [, source, image] of images)
      expect(source).toBe(`<source media="(max-width: 600px)" srcset="${image!}-narrow.svg">`)
  })

  // Letters of 12 and 13 pixels; the widest of the fonts that browsers take for system-ui were measured: 7 and 7.9 a letter.
  test.each([...drawn()])(
    'draw %s so that words stay in their boxes and labels between them',
    (_, forms) => {
      for (const { size, boxes, arrows } of forms) {
        for (const { at, lines } of boxes) {
          const [x, y, width, height] = at
          lines.forEach((line, index) => {
            expect([line, line.length * (index === 0 ? 7.9 : 7) <= width]).toEqual([line, true])
          })
          expect(lines.length * 18).toBeLessThanOrEqual(height)
          expect(x + width < size[0] && y + height < size[1]).toBe(true)
        }
        for (const { from, to, label } of arrows.filter((arrow) => arrow.label !== undefined)) {
          const [start, end] = [from, to].map((id) => boxes.find((box) => box.id === id)!.at)
          const across = end![0] - start![0] - start![2]
          const down = end![1] - start![1] - start![3]
          // Beside its line, or above it and before its head.
          expect([label, down >= 18 || across >= label!.length * 7 + 10]).toEqual([label, true])
        }
      }
    },
  )

  test('show in the recording the commands of the quick start, and nothing of a machine', () => {
    const recording = readFileSync(join(ROOT, 'docs/pictures/quick-start.svg'), 'utf8')
    const typed = [...recording.matchAll(/<text class="bold"[^>]*>([^<]*)</g)].map(([, it]) => it!)
    const commands = commandsOf(readFileSync(join(ROOT, 'docs/quick-start.md'), 'utf8'))
    expect(typed.filter((line) => line !== 'cat k3s_vars.yml')).toEqual(commands)
    expect(recording).toContain('3 hosts read one token')
    const words = recording.replaceAll(/<style>[^]*?<\/style>|<[^>]*>/g, ' ')
    expect(words).not.toMatch(/\/(?:tmp|root|home|work|Users)\b|K10|[\w+/=-]{34,}/)
    expect(recording).not.toMatch(/href|url\(|@import|<script/)
  })

  test('begin with a README of nine kilobytes at most', () => {
    expect(statSync(join(ROOT, 'README.md')).size).toBeLessThanOrEqual(9000)
  })
})
