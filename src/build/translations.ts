// The Chinese pages say what the English ones say, section by section. Each section names the one that it says and the hash of
// its text, so that a change of the English page shows which Chinese sections are stale:
//   <!-- en: quick-start.md#a-new-cluster 1a2b3c4d5e6f -->
// `tsx src/build/translations.ts` tells them; `--accept` takes the English text as it is now for said.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')

/** The Chinese pages, and the English one that each says; paths from the project's folder. */
export const TRANSLATIONS: Readonly<Record<string, string>> = {
  'README.zh-CN.md': 'README.md',
  'docs/zh/quick-start.md': 'docs/quick-start.md',
  'docs/zh/existing-inventory.md': 'docs/existing-inventory.md',
  'docs/zh/adopt.md': 'docs/adopt.md',
  'docs/zh/rotate.md': 'docs/rotate.md',
  'docs/zh/errors.md': 'docs/errors.md',
}

const MARK = /^<!-- en: (\S+)#(\S*) ([0-9a-f]{12}) -->$/

/** A part of a page from one heading to the next, whatever their levels. */
export interface Section {
  /** As GitHub makes them, without the `#`; empty for what stands before the first heading. */
  readonly anchor: string
  readonly text: string
}

/** The sections of a page, in their order. Comments and blank lines around them do not count. */
export function sectionsOf(page: string): readonly Section[] {
  const sections: { anchor: string; lines: string[] }[] = [{ anchor: '', lines: [] }]
  let isCode = false
  for (const line of page.split('\n')) {
    if (line.trimStart().startsWith('```')) isCode = !isCode
    const heading = isCode ? null : /^#+ (.+)$/.exec(line)
    if (heading !== null) sections.push({ anchor: anchorOf(heading[1]!), lines: [] })
    sections.at(-1)!.lines.push(line)
  }
  return sections
    .map(({ anchor, lines }) => ({ anchor, text: lines.join('\n').trim() }))
    .filter(({ text }) => text !== '')
}

/** The anchor of a heading, as GitHub makes it. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-')
}

/** 12 hex digits of a section's text. */
export function hashOf(section: Section): string {
  return createHash('sha256').update(section.text).digest('hex').slice(0, 12)
}

/** What is wrong with a Chinese page: a line each, naming the section. */
export function findStale(chinese: string, english: string): readonly string[] {
  const said = marksOf(chinese)
  const wanted = sectionsOf(english)
  return [
    ...wanted.flatMap((section) => {
      const mark = said.find(({ anchor }) => anchor === section.anchor)
      if (mark === undefined) return [`#${section.anchor} is missing`]
      return mark.hash === hashOf(section) ? [] : [`#${section.anchor} is stale`]
    }),
    ...said
      .filter(({ anchor }) => wanted.every((section) => section.anchor !== anchor))
      .map(({ anchor }) => `#${anchor} is no section of the English page`),
  ]
}

/** The blocks of code of a page, and what is generated: the same bytes in both languages. */
export function fixedParts(page: string): readonly string[] {
  return [
    ...(page.match(/^ *```[^]*?^ *```$/gm) ?? []),
    ...(page.match(/^<!-- generated:[^]*?<!-- \/generated:\S+ -->$/gm) ?? []),
  ].map((part) => part.replace(/^ +/gm, ''))
}

interface Mark {
  readonly anchor: string
  readonly hash: string
}

function marksOf(chinese: string): readonly Mark[] {
  return chinese.split('\n').flatMap((line) => {
    const found = MARK.exec(line)
    return found === null ? [] : [{ anchor: found[2]!, hash: found[3]! }]
  })
}

/** The Chinese page with the hashes of the English one as it is now. */
function accept(chinese: string, english: string): string {
  const sections = sectionsOf(english)
  return chinese
    .split('\n')
    .map((line) => {
      const [, page, anchor] = MARK.exec(line) ?? []
      const section = sections.find((one) => one.anchor === anchor)
      return section === undefined ? line : `<!-- en: ${page}#${anchor} ${hashOf(section)} -->`
    })
    .join('\n')
}

if (process.argv[1] === import.meta.filename) {
  for (const [chinese, english] of Object.entries(TRANSLATIONS)) {
    const [said, wanted] = [chinese, english].map((page) => readFileSync(join(ROOT, page), 'utf8'))
    if (process.argv.includes('--accept')) {
      writeFileSync(join(ROOT, chinese), accept(said!, wanted!))
      continue
    }
    for (const line of findStale(said!, wanted!)) {
      console.error(`${chinese}: ${line} (${english})`)
      process.exitCode = 1
    }
  }
}
