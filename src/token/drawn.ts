// Whether a text was drawn at random or made up by a person. A fingerprint can be tested against a million guesses a second, so
// it is shown only for what nobody could guess, and how strong a text looks says little about that: words look strong.
//
// Two models are compared, character by character: a fair draw from the alphabet that the text uses, and a person who
// strings together words, names, dates, rows of keys and repetitions, in a word's usual spellings.
import { alphabetSize } from './strength.js'

/** How likely a second letter follows a first one in words: digit d stands for 2^-(d+1), a row for each first letter. */
const AFTER = [
  '64336547485232849232456757',
  '24442578356267269336289858',
  '25452682483378159452488868',
  '25541556278466369446467869',
  '35324457577342646123756468',
  '24442379198367279354397949',
  '37671743288453379236387967',
  '18871887297645259353397959',
  '44344448986341249432749685',
  '16552787367686257627265998',
  '26761664276464359425486857',
  '26641668187267269744469938',
  '14761779288537229747489959',
  '37323527375674369722558967',
  '65336557576331449234344768',
  '29662764397267239243488959',
  '63667999579478777553047888',
  '26441658295544269433457949',
  '48372683295556348621376958',
  '28561673197567359234496848',
  '43443558386232739222879677',
  '19680869198657369656689889',
  '17652873197573279337895979',
  '26362686297547519951678348',
  '25453656487433329423565875',
  '16871984285446279655588844',
] as const

/** Letters of English text, per thousand; other languages are nearer to these than to a fair draw. */
const LETTERS = [
  82, 15, 28, 43, 127, 22, 20, 61, 70, 1.5, 7.7, 40, 24, 67, 75, 19, 1, 60, 63, 91, 28, 9.8, 24,
  1.5, 20, 0.7,
]
const ALL_LETTERS = LETTERS.reduce((sum, each) => sum + each)
/** The digits of years, dates and counts, per thousand. */
const DIGITS = [180, 200, 180, 80, 70, 70, 60, 60, 50, 50]
/** People know few symbols. */
const SYMBOL = 1 / 6

type Kind = 0 | 1 | 2 | 3
const [LOWER, UPPER, DIGIT, SYMBOLS] = [0, 1, 2, 3] as const

/** How a person goes on after a lower-case letter, an upper-case one, a digit, a symbol. */
const NEXT = [
  [0.86, 0.05, 0.05, 0.04],
  [0.5, 0.4, 0.05, 0.05],
  [0.12, 0.06, 0.72, 0.1],
  [0.45, 0.25, 0.25, 0.05],
] as const
const FIRST = [0.5, 0.4, 0.07, 0.03] as const

/** Neighbours on a keyboard, in the alphabet and in counting. */
const ROWS = [
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qazwsxedcrfvtgbyhnujmikolp',
]
const STEPS = new Set(
  ROWS.flatMap((row) =>
    [...row].slice(1).flatMap((key, before) => [`${row[before]!}${key}`, `${key}${row[before]!}`]),
  ),
)
const STEP_SHARE = 0.04
const REPEAT_SHARE = 0.04

const SPELLINGS: Readonly<Record<string, string>> = {
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '0': 'o',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
}
/** What trying another reading costs, so that it does not find a word in everything. */
const SPELLING_COST = 0.15
const WOVEN_COST = 0.35

/** Natural logarithm of the odds for a person, per character. Its false rates: `test/token/drawn.test.ts`. */
const LIMIT = -0.45

/** Whether the text looks drawn at random: no words, names, dates or rows of keys, in no usual spelling. Linear in the text. */
export function looksDrawn(text: string): boolean {
  // Dates, numbers and their separators alone: ten digits are too few to tell.
  if (!/[A-Za-z]/.test(text)) return false
  const size = alphabetSize(text)
  // Somebody who holds the shift key down writes the words of everybody else.
  const plain = /[a-z]/.test(text) ? text : text.toLowerCase()
  const readings = [
    oddsOfPerson(plain, size),
    oddsOfPerson(respell(plain), size) - SPELLING_COST,
    // Two rows woven into each other: `1q2w3e4r`.
    (oddsOfPerson(everyOther(plain, 0), size) + oddsOfPerson(everyOther(plain, 1), size)) / 2 -
      WOVEN_COST,
  ]
  return Math.max(...readings) < LIMIT
}

function oddsOfPerson(text: string, size: number): number {
  let sum = 0
  let before: string | undefined
  for (const character of text) {
    sum += Math.log(chanceByPerson(character, before) * size)
    before = character
  }
  return sum / text.length
}

/** How likely a person writes this character behind the one before. */
function chanceByPerson(character: string, before: string | undefined): number {
  const kind = kindOf(character)
  if (before === undefined) return FIRST[kind] * chanceWithin(character, kind, undefined)
  const former = kindOf(before)
  const isWord = kind <= UPPER && former <= UPPER && !(former === LOWER && kind === UPPER)
  const plain = NEXT[former][kind] * chanceWithin(character, kind, isWord ? before : undefined)
  const [one, other] = [before.toLowerCase(), character.toLowerCase()]
  const step = STEPS.has(one + other) ? 0.4 : 0
  const repeat = one === other ? 0.9 : 0
  return (1 - STEP_SHARE - REPEAT_SHARE) * plain + STEP_SHARE * step + REPEAT_SHARE * repeat
}

/** Among the characters of its kind; `before`: the letter that it goes on from within a word. */
function chanceWithin(character: string, kind: Kind, before: string | undefined): number {
  if (kind === SYMBOLS) return SYMBOL
  if (kind === DIGIT) return DIGITS[Number(character)]! / 1000
  const letter = letterOf(character)
  const row = before === undefined ? undefined : AFTER[letterOf(before)]
  return row === undefined ? LETTERS[letter]! / ALL_LETTERS : 2 ** -(Number(row[letter]) + 1)
}

function kindOf(character: string): Kind {
  if (character >= 'a' && character <= 'z') return LOWER
  if (character >= 'A' && character <= 'Z') return UPPER
  return character >= '0' && character <= '9' ? DIGIT : SYMBOLS
}

/** 0 for `a`. */
function letterOf(letter: string): number {
  return letter.toLowerCase().charCodeAt(0) - 97
}

/** `p4ssw0rd` as `password`: digits and symbols beside a letter become the letters that they stand for. */
function respell(text: string): string {
  return text.replace(/[4310578@$!]/g, (sign, at: number) =>
    /[A-Za-z]/.test(text.slice(Math.max(at - 1, 0), at + 2)) ? SPELLINGS[sign]! : sign,
  )
}

function everyOther(text: string, first: 0 | 1): string {
  return [...text].filter((_, at) => at % 2 === first).join('')
}
