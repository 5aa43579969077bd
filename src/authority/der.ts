// Writes DER (X.690), as much of it as a certificate needs.

/** Builds the parts of a certificate; every one is whole: tag, length, content. */
export const der = {
  sequence: (...parts: readonly Buffer[]): Buffer => element(0x30, ...parts),
  set: (...parts: readonly Buffer[]): Buffer => element(0x31, ...parts),
  /** `[number]`, with whole parts inside. */
  tagged: (number: number, ...parts: readonly Buffer[]): Buffer => element(0xa0 + number, ...parts),
  /** `[number]` in place of a tag of a primitive. */
  implicit: (number: number, content: Buffer): Buffer => element(0x80 + number, content),
  yes: (): Buffer => element(0x01, Buffer.of(0xff)),
  octets: (content: Buffer): Buffer => element(0x04, content),
  text: (text: string): Buffer => element(0x0c, Buffer.from(text)),
  /** @param dotted `2.5.29.19` */
  identifier: (dotted: string): Buffer => element(0x06, identifierOf(dotted)),
  /** @param bytes without a sign, the first one the highest */
  integer: (bytes: Buffer): Buffer => element(0x02, unsigned(bytes)),
  /** @param unused how many bits at the end do not count */
  bits: (content: Buffer, unused = 0): Buffer => element(0x03, Buffer.of(unused), content),
  /** To the second; of two digits for the year before 2050, as RFC 5280 has it. */
  time: (date: Date): Buffer => {
    const digits = date.toISOString().replace(/[-:T]|\..*/g, '')
    return date.getUTCFullYear() < 2050
      ? element(0x17, Buffer.from(`${digits.slice(2)}Z`))
      : element(0x18, Buffer.from(`${digits}Z`))
  },
}

function element(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.of(tag), lengthOf(content.length), content])
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length)
  const bytes = bytesOf(length)
  return Buffer.of(0x80 + bytes.length, ...bytes)
}

function bytesOf(number: number): number[] {
  return number < 0x100 ? [number] : [...bytesOf(Math.floor(number / 0x100)), number % 0x100]
}

/** Without zeros in front, but for one where the first bit would be taken for a sign. */
function unsigned(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0)
  const rest = first === -1 ? Buffer.of(0) : bytes.subarray(first)
  return rest[0]! < 0x80 ? rest : Buffer.concat([Buffer.of(0), rest])
}

function identifierOf(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return Buffer.of(...[first * 40 + second, ...rest].flatMap(base128))
}

/** The first bit of every byte but the last is set. */
function base128(number: number): number[] {
  const digits = [number & 0x7f]
  for (let left = number >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80)
  return digits
}
