/** Text that is not YAML. `reason` says what is wrong in words without any input; lines and columns count from 1. */
export class YamlSyntaxError extends Error {
  readonly reason: string
  readonly line: number
  readonly column: number

  constructor(reason: string, line: number, column: number) {
    super(reason)
    this.name = 'YamlSyntaxError'
    this.reason = reason
    this.line = line
    this.column = column
  }
}
