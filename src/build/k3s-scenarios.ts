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
  /** What they have measured besides. */
  readonly measured?: readonly {
    readonly file: string
    readonly what: string
    readonly value: number | string
  }[]
}

/** What was tried on a real K3s, and how long each took without its servers' start. */
export function k3sTable({ version, date, node, scenarios, measured = [] }: K3sRecord): string {
  const rows = scenarios.map(({ file, scenario, seconds }) => [
    `\`${file}\``,
    scenario,
    seconds.toFixed(1),
  ])
  const tables = [table(['test/k3s', 'scenario', 'seconds'], rows)]
  if (measured.length > 0) {
    const found = measured.map(({ file, what, value }) => [`\`${file}\``, what, String(value)])
    tables.push(table(['test/k3s', 'measured', 'value'], found))
  }
  return `${tables.join('\n\n')}\n\nEach file as it last passed, up to ${date}, on K3s ${version} with Node.js ${node} and two cores, which others used meanwhile; \`npm run test:k3s -- --record\` renews the files that it runs.`
}
