// CHANGELOG.md as Ansible collections keep theirs, after https://docs.ansible.com/projects/antsibull-changelog: what is released in
// changelogs/changelog.yaml, what is not yet as a fragment beside it. The page is the source; changelogs/config.yaml is kept by hand.

/** The headings of Keep a Changelog, and the sections of antsibull that say the same. */
const SECTIONS: Readonly<Record<string, string>> = {
  Added: 'minor_changes',
  Changed: 'minor_changes',
  Deprecated: 'deprecated_features',
  Removed: 'removed_features',
  Fixed: 'bugfixes',
  Security: 'security_fixes',
}

/** From a section's name to its entries, each one line of reStructuredText. */
type Changes = Readonly<Record<string, readonly string[]>>

interface Release {
  readonly version: string
  /** As it stands on the page, such as `2026-01-31`. */
  readonly date: string
  readonly changes: Changes
}

/** The two files, by their paths in the project's folder. Throws where the page has a heading that has no place in them. */
export function changelogFiles(page: string): ReadonlyMap<string, string> {
  const { unreleased, releases } = read(page)
  const released = releases.flatMap(({ version, date, changes }) => [
    `  ${version}:`,
    `    release_date: '${date}'`,
    ...(Object.keys(changes).length === 0
      ? ['    changes: {}']
      : ['    changes:', ...lists(changes, 6)]),
  ])
  return new Map([
    [
      'changelogs/changelog.yaml',
      written([
        'ancestor: null',
        ...(released.length === 0 ? ['releases: {}'] : ['releases:', ...released]),
      ]),
    ],
    [
      'changelogs/fragments/unreleased.yml',
      written(Object.keys(unreleased).length === 0 ? ['{}'] : lists(unreleased, 0)),
    ],
  ])
}

function read(page: string): { unreleased: Changes; releases: readonly Release[] } {
  let unreleased: Changes = {}
  const releases: Release[] = []
  for (const part of page.split(/^## /m).slice(1)) {
    const heading = part.slice(0, part.indexOf('\n'))
    if (heading === '[Unreleased]') {
      unreleased = changesOf(part)
      continue
    }
    const [, version, date] = /^\[(\d+\.\d+\.\d+\S*)\] - (\d{4}-\d\d-\d\d)$/.exec(heading) ?? []
    if (version === undefined || date === undefined)
      throw new Error(`CHANGELOG.md: not "[1.2.3] - 2026-01-31": ${heading}`)
    releases.push({ version, date, changes: changesOf(part) })
  }
  return { unreleased, releases }
}

function changesOf(part: string): Changes {
  const changes: Record<string, string[]> = {}
  for (const block of part.split(/^### /m).slice(1)) {
    const heading = block.slice(0, block.indexOf('\n'))
    const section = SECTIONS[heading]
    if (section === undefined)
      throw new Error(`CHANGELOG.md: no section of a changelog: ${heading}`)
    const entries = block.split(/^- /m).slice(1).map(restructured)
    changes[section] = [...(changes[section] ?? []), ...entries]
  }
  return changes
}

/** An entry in one line. Links into this tree lead nowhere from a page of Ansible's: their words stay. */
function restructured(entry: string): string {
  return entry
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/(`+)(.*?)\1/g, '``$2``')
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, (_, words: string, target: string) =>
      /^https?:/.test(target) ? `\`${words} <${target}>\`__` : words,
    )
}

/** Lists of folded texts, in which nothing needs a quote; each line within eighty columns. */
function lists(changes: Changes, indent: number): readonly string[] {
  const inner = ' '.repeat(indent + 4)
  return Object.entries(changes).flatMap(([section, entries]) => [
    `${' '.repeat(indent)}${section}:`,
    ...entries.flatMap((entry) => [
      `${' '.repeat(indent + 2)}- >-`,
      ...folded(entry, 80 - inner.length).map((line) => `${inner}${line}`),
    ]),
  ])
}

function folded(text: string, width: number): readonly string[] {
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!
    if (line === '') lines[lines.length - 1] = word
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines
}

function written(lines: readonly string[]): string {
  return ['---', '# Made from CHANGELOG.md by `npm run generate`.', ...lines, ''].join('\n')
}
