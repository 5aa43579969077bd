// A terminal session as SVG: all its lines in one group, which moves up as they came. Light or dark as the reader's screen is, without
// movement where the reader wants none, and then its last screen. Nothing in it is loaded from elsewhere.

export const COLUMNS = 80
export const ROWS = 26

/** What stood on the terminal, and when. */
export interface Moment {
  /** Milliseconds since the beginning. */
  readonly at: number
  /** With the terminal's control sequences. */
  readonly text: string
}

/** What a reader hears who does not see it. */
export const RECORDING_TITLE =
  'A terminal: k3s_vars is installed and set up, a play mints the token, every host reads the same one, and Git gets what is to be committed.'

/** The commands of a page's first block, without their comments. */
export function commandsOf(page: string): readonly string[] {
  const [, block] = /^```sh\n([^]*?)^```$/m.exec(page)!
  return block!
    .trim()
    .split('\n')
    .map((line) => line.replace(/\s+# .*$/, ''))
}

/** No reader waits longer for the next lines. */
const LONGEST_PAUSE = 1500
/** How long the last screen stays before it begins again. */
const LAST_PAUSE = 8000

const [CHARACTER, LINE, MARGIN] = [8.4, 18, 14]

const STYLE = `
  text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: #1f2328; white-space: pre; }
  .screen { fill: #f6f8fa; stroke: #d1d9e0; }
  .bold { font-weight: 600; }
  .red { fill: #cf222e; } .green { fill: #116329; } .yellow { fill: #7d4e00; }
  .blue { fill: #0969da; } .magenta { fill: #8250df; } .cyan { fill: #1b7c83; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; }
    .screen { fill: #0d1117; stroke: #3d444d; }
    .red { fill: #ff7b72; } .green { fill: #3fb950; } .yellow { fill: #d29922; }
    .blue { fill: #58a6ff; } .magenta { fill: #bc8cff; } .cyan { fill: #39c5cf; }
  }
  @media (prefers-reduced-motion: reduce) { .lines { animation: none; } }
`

export function drawRecording(moments: readonly Moment[]): string {
  const lines = linesOf(moments.map(({ text }) => text).join(''))
  const [width, height] = [COLUMNS * CHARACTER + 2 * MARGIN, ROWS * LINE + 2 * MARGIN]
  const up = (count: number): string => `translateY(${Math.min(0, (ROWS - count) * LINE)}px)`
  const { frames, seconds } = framesOf(moments, up)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">`,
    `<title id="title">${escape(RECORDING_TITLE)}</title>`,
    `<style>${STYLE}  .lines { transform: ${up(lines.length)}; animation: session ${seconds}s step-end infinite; }
  @keyframes session {\n${frames}\n  }\n</style>`,
    `<rect class="screen" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="6"/>`,
    `<svg x="${MARGIN}" y="${MARGIN}" width="${width - 2 * MARGIN}" height="${height - 2 * MARGIN}">`,
    '<g class="lines">',
    ...lines.flatMap((line, index) => drawLine(line, index)),
    '</g>',
    '</svg>',
    '</svg>',
    '',
  ].join('\n')
}

/** Before a line has come, it stands below the screen: what is shown grows from the lower edge. */
function framesOf(
  moments: readonly Moment[],
  up: (count: number) => string,
): { frames: string; seconds: number } {
  let [time, before, text] = [0, 0, '']
  const steps: { time: number; count: number }[] = []
  for (const moment of moments) {
    time += Math.min(LONGEST_PAUSE, moment.at - before)
    before = moment.at
    text += moment.text
    steps.push({ time, count: linesOf(text).length })
  }
  const end = time + LAST_PAUSE
  const frames = steps.map(({ time, count }) => {
    const offset = count < ROWS ? `translateY(${(ROWS - count) * LINE}px)` : up(count)
    return `    ${((100 * time) / end).toFixed(2)}% { transform: ${offset}; }`
  })
  return { frames: frames.join('\n'), seconds: Math.round(end / 1000) }
}

interface Piece {
  readonly text: string
  /** Names of classes. */
  readonly style: string
}

const COLOURS = ['', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan']

/** The lines of the screen, broken where the terminal breaks them. */
function linesOf(text: string): readonly (readonly Piece[])[] {
  const lines: Piece[][] = [[]]
  let [column, style] = [0, '']
  for (const [, colour, rest] of text.replaceAll('\r\n', '\n').matchAll(TOKENS)) {
    if (colour !== undefined) style = styleOf(colour)
    for (const character of rest ?? '') {
      if (character === '\n' || column === COLUMNS) {
        lines.push([])
        column = 0
        if (character === '\n') continue
      }
      column += 1
      const last = lines.at(-1)!
      const piece = last.at(-1)
      if (piece?.style === style) last[last.length - 1] = { text: piece.text + character, style }
      else last.push({ text: character, style })
    }
  }
  if (lines.at(-1)!.length === 0) lines.pop()
  return lines
}

/** A colour, another control sequence, or text. */
// eslint-disable-next-line no-control-regex -- these are what a terminal is controlled with
const TOKENS = /\x1b\[([\d;]*)m|\x1b\[[?\d;]*[A-Za-ln-z]|\x1b[=>]|([^\x1b\r]+)/g

function styleOf(codes: string): string {
  const numbers = codes.split(';').map(Number)
  const colour = numbers.map((number) => COLOURS[number - 30] ?? '').find((name) => name !== '')
  return [numbers.includes(1) ? 'bold' : '', colour ?? ''].filter((name) => name !== '').join(' ')
}

function drawLine(pieces: readonly Piece[], index: number): readonly string[] {
  let column = 0
  return pieces.flatMap(({ text, style }) => {
    const x = column * CHARACTER
    column += text.length
    if (text.trim() === '') return []
    const look = style === '' ? '' : ` class="${style}"`
    return `<text${look} x="${x.toFixed(1)}" y="${(index + 1) * LINE - 4}" textLength="${(text.length * CHARACTER).toFixed(1)}">${escape(text)}</text>`
  })
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
