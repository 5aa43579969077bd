import { table } from './tables.js'

/** What `test/ansible --record` found. */
export interface Compatibility {
  readonly date: string
  readonly node: string
  readonly versions: readonly {
    readonly version: string
    readonly python: string
    readonly scenarios: Readonly<Record<string, { readonly passed: number }>>
    readonly arrivals: readonly {
      readonly way: string
      readonly emit: string
      readonly config: string
      readonly inline: string
      readonly environment: string
    }[]
  }[]
}

/** The supported versions of ansible-core, and what a node reads there by each way. */
export function compatibilityTable({ date, node, versions }: Compatibility): string {
  const rows = versions.map(({ version, python, scenarios, arrivals }) => {
    const passed = Object.values(scenarios).reduce((sum, one) => sum + one.passed, 0)
    const isLookup = ({ way }: { way: string }): boolean => way === 'lookup'
    const sealed = arrivals.filter((one) => one.emit === 'vaulted' && !isLookup(one))
    const opened = arrivals.filter((one) => one.emit === 'plain' || isLookup(one))
    const worst = (values: readonly string[]): string =>
      values.includes('ciphertext') ? '**ciphertext**' : 'token'
    return [
      version,
      python,
      `${passed} passed`,
      worst(opened.flatMap((one) => [one.config, one.inline, one.environment])),
      worst(sealed.map((one) => one.environment)),
      worst(sealed.map((one) => one.config)),
      worst(sealed.map((one) => one.inline)),
    ]
  })
  const head = ['ansible-core', 'Python', 'scenarios', '`emit: plain`, or the lookup']
  const forms = ['environment file', '`to_nice_yaml` of a variable', '`to_nice_yaml` of `{...}`']
  const text = table([...head, ...forms.map((form) => `\`emit: vaulted\`, ${form}`)], rows)
  const names = Object.keys(versions[0]?.scenarios ?? {}).map((name) => `\`${name}\``)
  const how = `with Node.js ${node} by \`npm run test:ansible -- --record\``
  return `${text}\n\nRecorded on ${date} ${how}; scenarios: ${names.join(', ')}.`
}
