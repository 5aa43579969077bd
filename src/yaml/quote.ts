/** Text in double quotes, all ASCII. JSON's quoting is YAML's too, but for characters that YAML allows in no file. */
export function quoteYaml(text: string): string {
  return JSON.stringify(text).replace(/[^ -~]/gu, (character) => {
    const code = character.codePointAt(0)!.toString(16)
    return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`
  })
}
