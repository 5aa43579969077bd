// The pictures of the documentation, as text: SVG that is light or dark as its reader's screen is, made from what stands here.

import type { Phase } from '../document/document.js'
import { TRANSITIONS } from '../document/transitions.js'

interface Box {
  readonly id: string
  /** The upper left corner and the size, in pixels. */
  readonly at: readonly [x: number, y: number, width: number, height: number]
  /** The first line is the title. */
  readonly lines: readonly string[]
  /** What it is drawn as: something of the user's, of ours, or a secret at rest. */
  readonly kind: 'theirs' | 'ours' | 'sealed'
}

interface Arrow {
  readonly from: string
  readonly to: string
  readonly label?: string
  readonly isDashed?: boolean
}

interface Picture {
  /** What a reader hears who does not see it. */
  readonly title: string
  readonly size: readonly [width: number, height: number]
  readonly boxes: readonly Box[]
  readonly arrows: readonly Arrow[]
}

/** What is told of each phase. */
const PHASE_LINES: Readonly<Record<Exclude<Phase, 'idle'>, readonly string[]>> = {
  staged: ['staged', 'new token sealed', 'and laid beside'],
  rotating: ['rotating', 'the datastore', 'is keyed anew'],
  rotated: ['rotated', 'files, then restarts', 'one by one'],
}

const WIDTH = 150
const STEP = 182

/** The phases of a rotation, from the very table that the program goes by. */
function phasesPicture(): Picture {
  const phases = Object.entries(PHASE_LINES)
  const box = (
    id: string,
    [column, row]: readonly [number, number],
    lines: readonly string[],
  ): Box => ({
    id,
    at: [8 + column * STEP, 14 + row * 112, WIDTH, 76],
    lines,
    kind: phases.some(([phase]) => phase === id) ? 'ours' : 'theirs',
  })
  const ends: Readonly<Record<string, string>> = { commit: 'committed', abort: 'aborted' }
  return {
    title:
      'A rotation goes from idle over staged, rotating and rotated to idle again, with the next generation; only from staged can it be taken back.',
    size: [8 + 4 * STEP + WIDTH + 8, 210],
    boxes: [
      box('idle', [0, 0], ['idle', 'generation 3']),
      ...phases.map(([phase, lines], index) => box(phase, [index + 1, 0], lines)),
      box('committed', [4, 0], ['idle', 'generation 4', 'the former is kept']),
      box('aborted', [1, 1], ['idle', 'generation 3', 'nothing has changed']),
    ],
    arrows: Object.entries(TRANSITIONS).map(([name, { from, to }]) => ({
      from,
      to: ends[name] ?? to,
      ...(name in ends && { label: name }),
    })),
  }
}

const PICTURES: Readonly<Record<string, Picture>> = {
  flow: {
    title:
      'k3s_vars.yml and the sealed token document go into k3s_vars, which hands the token to Ansible, which writes it to servers and agents; the vault password opens the document.',
    size: [880, 270],
    boxes: [
      {
        id: 'config',
        at: [10, 20, 200, 62],
        lines: ['k3s_vars.yml', 'clusters, role, hosts'],
        kind: 'theirs',
      },
      {
        id: 'document',
        at: [10, 104, 200, 62],
        lines: ['k3s_tokens/home.yml', 'sealed, committed to Git'],
        kind: 'sealed',
      },
      {
        id: 'password',
        at: [10, 188, 200, 62],
        lines: ['vault password', 'never in the repository'],
        kind: 'sealed',
      },
      {
        id: 'program',
        at: [300, 72, 170, 126],
        lines: ['k3s_vars', 'one strong token', 'minted once', 'bound, checked', 'never shown'],
        kind: 'ours',
      },
      {
        id: 'ansible',
        at: [560, 88, 130, 94],
        lines: ['Ansible', 'your role', 'your site.yml'],
        kind: 'theirs',
      },
      {
        id: 'servers',
        at: [750, 40, 120, 76],
        lines: ['servers', 'config.yaml', 'server token'],
        kind: 'theirs',
      },
      {
        id: 'agents',
        at: [750, 154, 120, 76],
        lines: ['agents', 'environment', 'agent token'],
        kind: 'theirs',
      },
    ],
    arrows: [
      { from: 'config', to: 'program' },
      { from: 'document', to: 'program' },
      { from: 'password', to: 'program' },
      { from: 'program', to: 'ansible', label: 'JSON' },
      { from: 'ansible', to: 'servers' },
      { from: 'ansible', to: 'agents' },
    ],
  },
  ways: {
    title:
      'Which way is mine? With an inventory of your own: the vars plugin. Without one: our inventory source. For a single template: the lookup. Where no plugin may run: sealed group_vars files.',
    size: [880, 250],
    boxes: [
      {
        id: 'inventory',
        at: [10, 94, 190, 62],
        lines: ['Is there an inventory?', 'hosts and groups of yours'],
        kind: 'theirs',
      },
      {
        id: 'source',
        at: [300, 10, 260, 62],
        lines: ['inventory source', '-i plugins/k3s_vars'],
        kind: 'ours',
      },
      {
        id: 'plugins',
        at: [300, 94, 190, 62],
        lines: ['May plugins run?', 'ansible.cfg names them'],
        kind: 'theirs',
      },
      {
        id: 'files',
        at: [300, 178, 260, 62],
        lines: ['group_vars, sealed', 'k3s-vars group-vars write'],
        kind: 'ours',
      },
      {
        id: 'vars',
        at: [600, 52, 270, 62],
        lines: ['vars plugin', 'vars_plugins_enabled = …, k3s_vars'],
        kind: 'ours',
      },
      {
        id: 'lookup',
        at: [600, 136, 270, 62],
        lines: ['lookup, for one template', "lookup('k3s_token', 'home')"],
        kind: 'ours',
      },
    ],
    arrows: [
      { from: 'inventory', to: 'source', label: 'no' },
      { from: 'inventory', to: 'plugins', label: 'yes' },
      { from: 'plugins', to: 'vars', label: 'yes' },
      { from: 'plugins', to: 'lookup', isDashed: true },
      { from: 'plugins', to: 'files', label: 'no' },
    ],
  },
  phases: phasesPicture(),
}

/** @returns file name → text */
export function pictures(): ReadonlyMap<string, string> {
  return new Map(Object.entries(PICTURES).map(([name, one]) => [`${name}.svg`, draw(one)]))
}

/** The alternative text of a picture, which a page has to carry. */
export function titleOf(name: string): string {
  return PICTURES[name]!.title
}

const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .title { font-weight: 600; }
  .detail { fill: #59636e; font-size: 12px; }
  rect { fill: #ffffff; stroke: #8c959f; stroke-width: 1.5; }
  .ours { fill: #ddf4ff; stroke: #0969da; }
  .sealed { fill: #fff8c5; stroke: #9a6700; }
  line { stroke: #59636e; stroke-width: 1.5; }
  .head { fill: #59636e; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; }
    .detail { fill: #9198a1; }
    rect { fill: #151b23; stroke: #656c76; }
    .ours { fill: #121d2f; stroke: #4493f8; }
    .sealed { fill: #272115; stroke: #d29922; }
    line { stroke: #9198a1; }
    .head { fill: #9198a1; }
  }
`

function draw({ title, size: [width, height], boxes, arrows }: Picture): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">`,
    `<title id="title">${escape(title)}</title>`,
    `<style>${STYLE}</style>`,
    '<defs><marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="head" d="M0 0 L8 4 L0 8 z"/></marker></defs>',
    ...arrows.map((arrow) => drawArrow(arrow, boxes)),
    ...boxes.map(drawBox),
    '</svg>',
    '',
  ].join('\n')
}

const LINE_HEIGHT = 18

function drawBox({ at: [x, y, width, height], lines, kind }: Box): string {
  const top = y + height / 2 - ((lines.length - 1) * LINE_HEIGHT) / 2 + 4
  const texts = lines.map(
    (line, index) =>
      `<text class="${index === 0 ? 'title' : 'detail'}" x="${x + width / 2}" y="${top + index * LINE_HEIGHT}" text-anchor="middle">${escape(line)}</text>`,
  )
  return [
    `<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${height}" rx="6"/>`,
    ...texts,
  ].join('\n')
}

function drawArrow({ from, to, label, isDashed }: Arrow, boxes: readonly Box[]): string {
  const [start, end] = [from, to].map((id) => boxes.find((box) => box.id === id)!.at)
  const [x1, y1] = [start![0] + start![2], start![1] + start![3] / 2]
  const isBelow = end![0] < x1
  // Side to side; straight down where one stands below the other.
  const tail = isBelow ? [start![0] + start![2] / 2, start![1] + start![3]] : [x1, y1]
  const head = isBelow ? [tail[0]!, end![1] - 2] : [end![0] - 2, end![1] + end![3] / 2]
  const dashes = isDashed === true ? ' stroke-dasharray="4 4"' : ''
  const line = `<line x1="${tail[0]}" y1="${tail[1]}" x2="${head[0]}" y2="${head[1]}" marker-end="url(#head)"${dashes}/>`
  if (label === undefined) return line
  const [x, y] = [(tail[0]! + head[0]!) / 2, (tail[1]! + head[1]!) / 2 - 6]
  const shift = isBelow ? 16 : 0
  return `${line}\n<text class="detail" x="${x + shift}" y="${y + shift / 2}" text-anchor="middle">${escape(label)}</text>`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
