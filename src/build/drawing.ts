// Boxes and arrows as SVG, light or dark as the reader's screen is. Nothing in it is loaded from elsewhere.

export interface Box {
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

export interface Picture {
  /** What a reader hears who does not see it. */
  readonly title: string
  readonly size: readonly [width: number, height: number]
  readonly boxes: readonly Box[]
  readonly arrows: readonly Arrow[]
  /** The same for the screen of a phone: half as wide, so that its words can be read there. */
  readonly narrow: {
    readonly size: readonly [width: number, height: number]
    /** By the id of the box. */
    readonly at: Readonly<Record<string, Box['at']>>
  }
}

/** The picture with the places that its boxes have on a phone. */
export function narrowed(picture: Picture): Picture {
  const { size, at } = picture.narrow
  return { ...picture, size, boxes: picture.boxes.map((box) => ({ ...box, at: at[box.id]! })) }
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

/** The picture as SVG, with colours for light and dark screens. */
export function draw({ title, size: [width, height], boxes, arrows }: Picture): string {
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
  const isBelow = end![1] >= start![1] + start![3] && end![0] < x1
  // Side to side; down where one stands below the other, straight if it can be.
  const tail = isBelow ? [start![0] + start![2] / 2, start![1] + start![3]] : [x1, y1]
  const within = Math.min(Math.max(tail[0]!, end![0] + 12), end![0] + end![2] - 12)
  const head = isBelow ? [within, end![1] - 2] : [end![0] - 2, end![1] + end![3] / 2]
  const dashes = isDashed === true ? ' stroke-dasharray="4 4"' : ''
  const line = `<line x1="${tail[0]}" y1="${tail[1]}" x2="${head[0]}" y2="${head[1]}" marker-end="url(#head)"${dashes}/>`
  if (label === undefined) return line
  const [x, y] = [(tail[0]! + head[0]!) / 2, (tail[1]! + head[1]!) / 2]
  const isLeftwards = head[0]! < tail[0]! - 8
  const beside = isLeftwards ? `x="${x - 8}" y="${y}" text-anchor="end"` : `x="${x + 8}" y="${y}"`
  const place = isBelow ? beside : `x="${x - 5}" y="${y - 6}" text-anchor="middle"`
  return `${line}\n<text class="detail" ${place}>${escape(label)}</text>`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
