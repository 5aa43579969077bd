// What help is asked for, and how it breaks lines: never within a word, and an example so that it can still be pasted.
import type { Command } from './command.js'
import { wrap } from './wrap.js'

/**
 * The words as yargs takes them: `help token` is `token --help`, and a call without a command, or with the first word of
 * several alone, asks what there is.
 * @param groups the words that several commands begin with
 */
export function asHelp(argv: readonly string[], groups: readonly string[]): readonly string[] {
  if (argv[0] === 'help') return [...argv.slice(1), '--help']
  const isBare = argv.length === 0 || (argv.length === 1 && groups.includes(argv[0]!))
  return isBare ? [...argv, '--help'] : argv
}

const INDENT = '  '

/** Each with a comment above it, as it could be pasted; a longer line than fits goes on behind a backslash. */
export function formatExamples(examples: Command['examples'], width: number): string {
  const blocks = examples.map(([example, meaning]) => {
    const line = example.startsWith('$ ') ? example.slice(2) : `k3s-vars ${example}`
    const comment = paragraph(meaning, width - INDENT.length - 2).replaceAll(/^/gm, `${INDENT}# `)
    return `${comment}\n${foldCommand(line, width)}`
  })
  return `Examples:\n${blocks.join('\n\n')}`
}

/** A shell reads a line of several as one where each but the last ends with a backslash. */
export function foldCommand(line: string, width: number): string {
  const lines: string[] = []
  let current = INDENT
  for (const word of wordsOf(line)) {
    const isFull = current.trim() !== '' && current.length + word.length + 3 > width
    if (isFull) {
      lines.push(`${current} \\`)
      current = INDENT + INDENT
    }
    current += current.trim() === '' ? word : ` ${word}`
  }
  return [...lines, current].join('\n')
}

/** Where a line may be broken: at blanks that no quotes are around, and not between an option and its value. */
function wordsOf(line: string): readonly string[] {
  const words = line.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? []
  return words.reduce<string[]>((parts, word) => {
    const isValue = /^--?[A-Za-z][\w-]*$/.test(parts.at(-1) ?? '') && !/^[-|&<>]/.test(word)
    if (isValue) parts[parts.length - 1] += ` ${word}`
    else parts.push(word)
    return parts
  }, [])
}

/** The text in lines of the width at most, broken at blanks. */
export function paragraph(text: string, width: number): string {
  return wrap(text, '', width).join('\n')
}
