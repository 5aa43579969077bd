import { table } from './tables.js'

/** What `npm run test:k3s -- --record` found. */
export interface K3sRecord {
  readonly version: string
  readonly date: string
  readonly node: string
  readonly scenarios: readonly {
    /** The file in test/k3s. */
    readonly file: string
    readonly scenario: string
    readonly seconds: number
  }[]
}

/** What was tried on a real K3s, and how long each took without its servers' start. */
export function k3sTable({ version, date, node, scenarios }: K3sRecord): string {
  const rows = scenarios.map(({ file, scenario, seconds }) => [
    `\`${file}\``,
    scenario,
    seconds.toFixed(1),
  ])
  const text = table(['test/k3s', 'scenario', 'seconds'], rows)
  return `${text}\n\nRecorded on ${date} on K3s ${version} with Node.js ${node} by \`npm run test:k3s -- --record\`; all passed.`
}
