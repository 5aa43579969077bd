// What languages write in which way, as data: their comments, strings and here-documents. One tolerant lexer reads them all,
// because a token needs no more of a grammar than where a string ends, which name stands before it and which blocks are around
// it, and because a grammar each for HCL, TOML, Nix and twenty more would be large, slow and strict where people are not.
import { basename, extname } from 'node:path'

/** How a string ends: at its sign; `line`: only on the line that it began on. */
interface Quote {
  readonly open: string
  readonly close: string
  readonly escape: 'backslash' | 'doubled' | 'grave' | 'nix' | 'none'
  readonly isLine?: boolean
}

export interface Language {
  /** What comments to the end of the line begin with. */
  readonly comments: readonly string[]
  readonly blocks: readonly (readonly [open: string, close: string])[]
  /** Longer signs first. */
  readonly quotes: readonly Quote[]
  /** Sticky; its first group is the word that ends the document. */
  readonly heredoc?: RegExp
  /** `[a.b]` on a line of its own names the block of all that follows. */
  readonly hasSections?: boolean
  /** Whether `/…/` is a pattern where a value is expected. */
  readonly hasPatterns?: boolean
}

const DOUBLE: Quote = { open: '"', close: '"', escape: 'backslash' }
const DOUBLE_LINE: Quote = { ...DOUBLE, isLine: true }
const SINGLE: Quote = { open: "'", close: "'", escape: 'backslash', isLine: true }
const SINGLE_LONG: Quote = { ...SINGLE, isLine: false }
const THREE: readonly Quote[] = [
  { open: '"""', close: '"""', escape: 'backslash' },
  { open: "'''", close: "'''", escape: 'backslash' },
]
const TICK: Quote = { open: '`', close: '`', escape: 'backslash' }
const RAW_TICK: Quote = { ...TICK, escape: 'none' }
const RAW: readonly Quote[] = [
  { open: 'r##"', close: '"##', escape: 'none' },
  { open: 'r#"', close: '"#', escape: 'none' },
  { open: 'R"(', close: ')"', escape: 'none' },
]
const C_BLOCK = ['/*', '*/'] as const
const C = { comments: ['//'], blocks: [C_BLOCK] }
const HASH = { comments: ['#'], blocks: [] }

const LANGUAGES = {
  script: { ...C, quotes: [DOUBLE_LINE, SINGLE, TICK], hasPatterns: true },
  python: { ...HASH, quotes: [...THREE, DOUBLE_LINE, SINGLE] },
  ruby: {
    ...HASH,
    quotes: [
      ...['%q', '%Q', '%w', '%W', '%'].flatMap((mark): Quote[] => [
        { open: `${mark}(`, close: ')', escape: 'backslash' },
        { open: `${mark}{`, close: '}', escape: 'backslash' },
        { open: `${mark}[`, close: ']', escape: 'backslash' },
        { open: `${mark}|`, close: '|', escape: 'backslash' },
      ]),
      ...THREE,
      DOUBLE,
      SINGLE_LONG,
      TICK,
    ],
    heredoc: /<<[~-]?(["'`]?)([A-Z_]\w{0,60})\1/y,
    hasPatterns: true,
  },
  perl: {
    ...HASH,
    quotes: [
      ...['qq', 'q', 'qw'].flatMap((mark): Quote[] => [
        { open: `${mark}(`, close: ')', escape: 'backslash' },
        { open: `${mark}{`, close: '}', escape: 'backslash' },
      ]),
      DOUBLE,
      SINGLE_LONG,
      TICK,
    ],
    heredoc: /<<~?(["']?)([A-Z_]\w{0,60})\1/y,
  },
  php: {
    comments: ['//', '#'],
    blocks: [C_BLOCK],
    quotes: [DOUBLE, SINGLE_LONG, TICK],
    heredoc: /<<<[ \t]?(["']?)([A-Za-z_]\w{0,60})\1/y,
  },
  go: { ...C, quotes: [DOUBLE_LINE, RAW_TICK] },
  systems: { ...C, quotes: [...RAW, ...THREE, DOUBLE] },
  dotnet: {
    ...C,
    quotes: [
      THREE[0]!,
      { open: '@"', close: '"', escape: 'doubled' },
      { open: '$@"', close: '"', escape: 'doubled' },
      DOUBLE_LINE,
    ],
  },
  jvm: { ...C, quotes: [...THREE, DOUBLE_LINE, SINGLE], hasPatterns: true },
  hcl: {
    comments: ['#', '//'],
    blocks: [C_BLOCK],
    quotes: [DOUBLE_LINE],
    heredoc: /<<[-~]?()([A-Za-z_]\w{0,60})/y,
  },
  nix: {
    comments: ['#'],
    blocks: [C_BLOCK],
    quotes: [{ open: "''", close: "''", escape: 'nix' }, DOUBLE],
  },
  toml: {
    ...HASH,
    quotes: [
      THREE[0]!,
      { open: "'''", close: "'''", escape: 'none' },
      DOUBLE_LINE,
      { ...SINGLE, escape: 'none' },
    ],
    hasSections: true,
  },
  powershell: {
    comments: ['#'],
    blocks: [['<#', '#>']],
    quotes: [
      { open: '@"', close: '\n"@', escape: 'none' },
      { open: "@'", close: "\n'@", escape: 'none' },
      { open: '"', close: '"', escape: 'grave' },
      { open: "'", close: "'", escape: 'doubled' },
    ],
  },
  puppet: {
    ...HASH,
    quotes: [DOUBLE, SINGLE_LONG],
    heredoc: /@\(["']?()([A-Za-z_]\w{0,60})["']?[^)\n]{0,20}\)/y,
  },
  data: { comments: ['//', '#'], blocks: [C_BLOCK], quotes: [...THREE, DOUBLE, SINGLE] },
  lua: {
    comments: ['--'],
    blocks: [['--[[', ']]']],
    quotes: [{ open: '[[', close: ']]', escape: 'none' }, DOUBLE_LINE, SINGLE],
  },
  sql: {
    comments: ['--'],
    blocks: [C_BLOCK],
    quotes: [
      { open: "'", close: "'", escape: 'doubled' },
      { open: '"', close: '"', escape: 'doubled' },
    ],
  },
  lisp: { comments: [';'], blocks: [], quotes: [DOUBLE] },
  vim: { comments: [], blocks: [], quotes: [DOUBLE_LINE, SINGLE] },
  words: { ...HASH, quotes: [DOUBLE] },
  ml: { comments: [], blocks: [['(*', '*)']], quotes: [DOUBLE] },
  erlang: { comments: ['%'], blocks: [], quotes: [DOUBLE, SINGLE] },
  functional: { comments: ['--'], blocks: [['{-', '-}']], quotes: [...THREE, DOUBLE_LINE] },
} as const satisfies Readonly<Record<string, Language>>

export type LanguageName = keyof typeof LANGUAGES

const BY_EXTENSION: Readonly<Record<LanguageName, string>> = {
  script: 'js mjs cjs jsx ts mts cts tsx vue svelte',
  python: 'py pyi star bzl jl ex exs nim cr gd sage xsh nu r R coffee',
  ruby: 'rb rake gemspec ru podspec',
  perl: 'pl pm t cgi raku',
  php: 'php phtml inc',
  go: 'go',
  systems: 'rs c cc cpp cxx h hpp m mm swift zig v d hx',
  dotnet: 'cs fs vb csx',
  jvm: 'java kt kts scala sc groovy gradle dart',
  hcl: 'tf hcl tfvars nomad tofu',
  nix: 'nix',
  toml: 'toml',
  powershell: 'ps1 psm1 psd1',
  puppet: 'pp',
  data: 'jsonc json5 jsonnet libsonnet cue bicep bicepparam pkl kcl code-workspace hjson dhall',
  lua: 'lua',
  sql: 'sql',
  lisp: 'el clj cljs edn scm lisp rkt fnl',
  vim: 'vim vimrc',
  words: 'tcl exp cmake',
  ml: 'ml mli sml',
  erlang: 'erl hrl',
  functional: 'hs elm purs',
}
const BY_NAME: readonly (readonly [RegExp, LanguageName])[] = [
  [
    /^(?:Vagrantfile|Rakefile|Gemfile|Berksfile|Podfile|Brewfile|Capfile|Thorfile|Guardfile|Fastfile)$/,
    'ruby',
  ],
  [/^(?:Jenkinsfile|.*\.jenkinsfile)/i, 'jvm'],
  [/^(?:Tiltfile|Snakefile|SConstruct|BUILD|WORKSPACE)$/, 'python'],
  [/^(?:launch|settings|tasks|devcontainer|tsconfig[\w.-]*)\.json$/, 'data'],
  [/^\.(?:vim|ex)rc$/, 'vim'],
  [/^CMakeLists\.txt$/, 'words'],
]
const BY_PROGRAM: readonly (readonly [RegExp, LanguageName])[] = [
  [/python/, 'python'],
  [/ruby/, 'ruby'],
  [/\b(?:node|deno|bun|tsx)\b/, 'script'],
  [/\bperl\b/, 'perl'],
  [/\bphp\b/, 'php'],
  [/pwsh/, 'powershell'],
]

const LANGUAGE_OF = new Map<string, LanguageName>(
  Object.entries(BY_EXTENSION).flatMap(([language, extensions]) =>
    extensions.split(' ').map((one): [string, LanguageName] => [one, language as LanguageName]),
  ),
)

/** Endings of templates, copies and samples, behind that of what they are. */
const OUTER =
  /\.(?:j2|jinja2?|tmpl|tpl|tftpl|erb|epp|gotmpl|template|in|dist|example|sample|bak|orig|old|new|save|enc)$/i

/** A file's name without the endings of a template or a copy. */
export function innerName(path: string): string {
  return basename(path).replace(OUTER, '').replace(OUTER, '')
}

/** The language that the lexer reads the file in; undefined: none, so it is read by its lines. */
export function languageOf(path: string, text: string): Language | undefined {
  const name = innerName(path)
  const named = BY_NAME.find(([pattern]) => pattern.test(name))
  const known = named?.[1] ?? LANGUAGE_OF.get(extname(name).slice(1))
  if (known !== undefined) return LANGUAGES[known]
  if (!text.startsWith('#!') || extname(name) !== '') return undefined
  const first = text.slice(0, 80).split('\n')[0]!
  const program = BY_PROGRAM.find(([pattern]) => pattern.test(first))
  return program === undefined ? undefined : LANGUAGES[program[1]]
}

/** That of JSON which no parser takes, and of a state file. */
export const DATA: Language = LANGUAGES.data
