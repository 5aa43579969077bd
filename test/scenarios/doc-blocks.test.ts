// The blocks of code of every page: command lines of ours that the program takes, configurations that it reads, and files in the
// form that they are said to have. What a block does is run where it is the subject: the quick start, the jobs of a CI, the
// examples.
import { describe, expect, test } from '@jest/globals'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { loadConfig } from '../../src/config/load.js'
import { parseIni } from '../../src/vault/ini.js'
import { hold } from '../support/answers.js'
import { runCli } from '../support/cli.js'
import { environmentIn } from '../support/environment.js'
import { Project } from '../support/project.js'

const ROOT = join(import.meta.dirname, '../..')
const PAGES = [
  'README.md',
  'README.zh-CN.md',
  'SECURITY.md',
  ...readdirSync(join(ROOT, 'examples'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('examples', name)),
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
]

interface Block {
  readonly language: string
  readonly text: string
  /** `docs/ci.md:12`, for the title of a test. */
  readonly place: string
}

function blocksOf(page: string): readonly Block[] {
  const text = readFileSync(join(ROOT, page), 'utf8')
  return [...text.matchAll(/^( *)```(\w*)\n([^]*?)^\1```$/gm)].map((match) => ({
    language: match[2]!,
    text: match[3]!.replaceAll(new RegExp(`^${match[1]!}`, 'gm'), ''),
    place: `${page}:${text.slice(0, match.index).split('\n').length}`,
  }))
}

const blocks = PAGES.flatMap(blocksOf)
const ofLanguage = (...languages: readonly string[]): readonly (readonly [string, string])[] =>
  blocks
    .filter(({ language }) => languages.includes(language))
    .map(({ place, text }) => [place, text])

test('each block says what it is written in', () => {
  const known = ['sh', 'yaml', 'ini', 'json', 'text']
  expect(blocks.filter(({ language }) => !known.includes(language))).toEqual([])
})

/** The command lines of ours in a script, each as its words. */
function callsOf(script: string): readonly (readonly string[])[] {
  return script
    .replaceAll(/\\\n */g, ' ')
    .split('\n')
    .map((line) => line.replace(/(?:^|\s)#.*$/, ''))
    .flatMap((line) => line.split(/\s(?:\||&&|\|\||;)\s?|[`()]/))
    .map((part) => part.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [])
    .map((words) => words.filter((word) => !/^\w+=/.test(word)))
    .map((words) => (words[0] === 'npx' ? words.slice(1) : words))
    .filter(([program]) => program === 'k3s-vars' || program === 'plugins/k3s_vars')
    .map((words) =>
      withoutRedirections(words.slice(1)).map((word) => word.replace(/^['"]|['"]$/g, '')),
    )
    .filter(([first]) => first !== '--list' && first !== '--host')
}

function withoutRedirections(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word) => /^\d?[<>]/.test(word))
  return at < 0 ? words : words.slice(0, at)
}

/** What the parser says; that a file of a page is not there is no fault of the page. */
const WRONG =
  /is not an option|no such command|so many arguments|needs a value| must be |is missing|given twice|exclude each other|never given/

describe('command lines', () => {
  const calls = ofLanguage('sh', 'text').flatMap(([place, text]) =>
    callsOf(text).map((words) => [place, words] as const),
  )

  test('are found', () => expect(calls.length).toBeGreaterThan(40))

  test.each(calls)('%s: k3s-vars %j', (_place, words) => {
    const folder = new Project({ 'k3s_vars.yml': 'no configuration' })
    try {
      const { status, stderr } = runCli(folder, words)
      // Whatever it lacks here, it is no wrong command line.
      expect(stderr).not.toMatch(WRONG)
      expect(status).not.toBe(1)
    } finally {
      folder.remove()
    }
  })
})

describe('YAML', () => {
  test.each(ofLanguage('yaml'))('%s can be read', (_place, text) => {
    for (const document of parseAllDocuments(text)) {
      // Tags of Ansible are no mistake.
      expect('errors' in document ? document.errors : []).toEqual([])
    }
  })

  const configurations = ofLanguage('yaml').filter(([, text]) => /^clusters:/m.test(text))

  test.each(configurations)('%s is a configuration that the program takes', (_place, text) => {
    const folder = mkdtempSync(join(tmpdir(), 'k3s_vars-page-'))
    try {
      const included = /^include: (\S+)$/m.exec(text)
      writeFileSync(
        join(folder, 'k3s_vars.yml'),
        included === null ? text : text.replace(included[0], ''),
      )
      expect(loadConfig({ environment: environmentIn(folder) }).clusters.length).toBeGreaterThan(0)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('configurations are found', () => expect(configurations.length).toBeGreaterThan(3))
})

test.each(ofLanguage('ini'))('INI: %s can be read as Ansible reads it', (_place, text) => {
  expect(() => parseIni(text, 'ansible.cfg')).not.toThrow()
})

test.each(ofLanguage('json'))(
  'JSON: %s can be read, and an answer of ours is as its schema says',
  (_place, text) => {
    const document = JSON.parse(text) as object
    if ('schema' in document) hold(document)
  },
)
